import type { RunningServer } from '../../support/running-server.js';
import { eventually } from './phone.js';

/**
 * Repeats it where a process limited by itself meanwhile: on a machine that is too busy Redis seems unavailable at times, and that is
 * another test. `ask` sends a request of another client to a server that is limited.
 */
export async function whileShared<Result>(
  servers: readonly RunningServer[],
  ask: (server: RunningServer) => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const before = await outages(servers, ask);
    const result = await work();
    if (before === (await outages(servers, ask)) || tries === 30) return result;
  }
}

/** How often each has limited by itself so far, read when all limits are shared. */
async function outages(servers: readonly RunningServer[], ask: (server: RunningServer) => Promise<unknown>): Promise<string> {
  await eventually(
    // the limiter needs a request to find out that Redis is available again
    () => Promise.all(servers.map(ask)).then(() => areShared(servers)),
    (shared) => shared,
    30_000,
  );
  return String(servers.map((server) => server.output().split('kept by this process alone').length));
}

async function areShared(servers: readonly RunningServer[]): Promise<boolean> {
  const texts = await Promise.all(servers.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  return texts.every((text) => text.includes('move_acces_rate_limit_degraded 0'));
}
