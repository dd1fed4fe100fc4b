import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config/config.js';
import { composePrimary, type PrimaryComposition } from '../wiring/compose-primary.js';
import type { WorkerBootstrap } from './messages.js';
import { MetricsAggregator } from './metrics-aggregator.js';
import { type WorkerEnd, WorkerSlot } from './worker-slot.js';

export interface LeadWorkersOptions extends Omit<WorkerBootstrap, 'index'> {
  readonly config: Config;
  /** Resolves when this process has to stop. */
  readonly stopSignal: Promise<NodeJS.Signals>;
}

/** A worker ends by itself within its shutdown timeout. A worker that does not is killed this many milliseconds later. */
const graceMs = 1000;

/**
 * Serves with several processes until a signal stops it. The first worker starts alone: it creates the tables if necessary, and an error
 * that prevents it from serving ends this process too, with the same exit code. A worker that ends later is replaced.
 */
export async function leadWorkers({ config, stopSignal, ...bootstrap }: LeadWorkersOptions): Promise<void> {
  const { workers, shutdownTimeoutSeconds } = config.http;
  const composition = await composePrimary(config);
  const { logger } = composition;
  const slots = openSlots(workers, bootstrap, composition);
  // structured clone, as for worker threads: JSON has no NaN, which a gauge may be
  cluster.setupPrimary({ serialization: 'advanced' });
  process.once('exit', () => {
    for (const slot of slots) slot.kill();
  });

  const failure = await Promise.race([startAll(slots, logger), stopSignal.then(() => null)]);
  if (failure !== null) {
    if (failure.code === null) logger.error('the first worker did not start', { signal: failure.signal });
    process.exit(failure.code ?? 1);
  }
  logger.info('stopping', { signal: await stopSignal });
  const timer = setTimeout(
    () => {
      const killed = slots.filter((slot) => slot.kill()).length;
      logger.warn('workers did not end in time', { killed });
    },
    shutdownTimeoutSeconds * 1000 + graceMs,
  );
  await Promise.all(slots.map((slot) => slot.leave()));
  clearTimeout(timer);
}

/** Returns how the first worker ended if it never served; null when all serve. */
async function startAll(slots: readonly WorkerSlot[], logger: PrimaryComposition['logger']): Promise<WorkerEnd | null> {
  const [first, ...others] = slots;
  const failure = await first?.start({ mayFail: true });
  if (failure) return failure;
  await Promise.all(others.map((slot) => slot.start({ mayFail: false })));
  logger.info('workers started', { workers: slots.length, pid: process.pid });
  return null;
}

function openSlots(
  count: number,
  bootstrap: Omit<WorkerBootstrap, 'index'>,
  { logger, metrics }: PrimaryComposition,
): readonly WorkerSlot[] {
  const aggregator = new MetricsAggregator({ metrics });
  const serving = new Set<Worker>();
  const hooks = {
    onStart: (worker: Worker) => aggregator.admit(worker),
    onListening: (worker: Worker) => {
      serving.add(worker);
      metrics.workersChanged(serving.size);
    },
    onEnd: (worker: Worker) => {
      aggregator.dismiss(worker);
      serving.delete(worker);
      metrics.workersChanged(serving.size);
      metrics.workerEnded(worker.id);
    },
  };
  const mayMigrate = (index: number) => bootstrap.mayMigrate && index === 0;
  return Array.from({ length: count }, (_, index) => {
    return new WorkerSlot({ bootstrap: { ...bootstrap, index, mayMigrate: mayMigrate(index) }, logger, ...hooks });
  });
}
