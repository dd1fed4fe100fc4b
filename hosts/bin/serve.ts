import type { ServeOptions } from '../cli/cli-actions.js';
import { showWelcome } from '../cli/operations/welcome.js';
import type { JoinedWorker } from '../cluster/join-primary.js';
import { openDemo } from '../wiring/demo-accounts.js';
import { openComposition } from './open-composition.js';
import { exitWithin, onceIdle, releaseStartMemory, untilStopSignal } from './process-lifetime.js';
import { serving } from './serving.js';

/** Of the time a stop may take, what requests and sockets have; the rest closes connections to others. */
const shareOfClients = 0.8;

/**
 * Waits for a database that is not there yet, serves until a signal says stop, then finishes what it has begun. `worker` is the
 * place of this process among several.
 */
export async function serve(options: ServeOptions, worker: JoinedWorker | null = null): Promise<void> {
  surviveReaders();
  const stop = new AbortController();
  const stopSignal = untilStopSignal().finally(() => stop.abort());
  const configured = await openComposition({ ...options, waitUntil: stop.signal }, worker).catch((error: unknown) => {
    if (stop.signal.aborted) return null;
    throw error;
  });
  if (configured === null) return;
  const { config, composition } = configured;
  await using _resources = composition;
  await composition.prepare({ mayMigrate: options.migrate });
  const isProduction = process.env.NODE_ENV === 'production';
  const demo = options.demo ? await openDemo(composition, { config, isProduction }) : null;
  await using _work = await composition.start();

  const { ports } = composition;
  const server = await serving[options.target](composition, config);
  ports.logger.info('listening', { url: server.url, pid: process.pid });
  // In production a terminal may belong to a container, whose output is kept.
  const isTerminal = process.stdout.isTTY && !isProduction;
  if (demo !== null && options.target !== 'ws') showWelcome({ url: server.url, login: demo.login, isTerminal });

  onceIdle(releaseStartMemory);
  const signal = await stopSignal;
  const graceMs = config.http.shutdownTimeoutSeconds * 1000;
  exitWithin(graceMs);
  composition.announceStop();
  ports.logger.info('stopping', { signal });
  await server.close(graceMs * shareOfClients);
}

/** Who stops reading what a server writes does not stop the server. */
function surviveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.removeAllListeners('error').on('error', () => {});
}
