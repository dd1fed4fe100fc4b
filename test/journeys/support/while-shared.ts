import type { RunningServer } from '../../support/running-server.js';
import { eventually } from './phone.js';

/**
 * Does it again where a process limited by itself meanwhile: on a machine that is too busy Redis seems to be away at times, and that
 * is another test. `ask` makes a request to a server that is limited, of somebody else.
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

/** How often each has limited by itself so far, asked when all limits are shared. */
async function outages(servers: readonly RunningServer[], ask: (server: RunningServer) => Promise<unknown>): Promise<string> {
  await eventually(
    // somebody must ask for the limiter to find out that Redis is there again
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
