import { once } from 'node:events';
import type { WorkerContext } from '../wiring/worker-context.js';
import type { WorkerBootstrap } from './messages.js';
import { MetricsClient } from './metrics-client.js';

/** This process, a worker. */
export interface JoinedWorker extends WorkerContext, WorkerBootstrap {
  /** Leaves what this process has counted with its primary. */
  leave(): Promise<void>;
}

/** Waits for what the primary says first. From then on the process ends by itself when its work is done. */
export async function joinPrimary(): Promise<JoinedWorker> {
  // a cast: nobody else sends messages to this process
  const [bootstrap] = (await once(process, 'message')) as [WorkerBootstrap];
  process.channel?.unref();
  const exchange = new MetricsClient();
  return { ...bootstrap, exchange, leave: () => exchange.leave() };
}
