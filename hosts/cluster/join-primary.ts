import { once } from 'node:events';
import type { WorkerContext } from '../wiring/worker-context.js';
import type { WorkerBootstrap } from './messages.js';
import { MetricsClient } from './metrics-client.js';

/** This process, a worker. */
export interface JoinedWorker extends WorkerContext, WorkerBootstrap {
  /** Sends the final metrics of this process to its primary. */
  leave(): Promise<void>;
}

/** Waits for the first message of the primary. From then on the process ends by itself when its work is done. */
export async function joinPrimary(): Promise<JoinedWorker> {
  // a cast: only the primary sends messages to this process
  const [bootstrap] = (await once(process, 'message')) as [WorkerBootstrap];
  process.channel?.unref();
  const exchange = new MetricsClient();
  return { ...bootstrap, exchange, leave: () => exchange.leave() };
}
