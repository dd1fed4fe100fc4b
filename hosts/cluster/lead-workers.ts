import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config/config.js';
import { composePrimary, type PrimaryComposition } from '../wiring/compose-primary.js';
import { CrewSeat, type WorkerEnd } from './crew-seat.js';
import type { SeatPapers } from './messages.js';
import { MetricsDesk } from './metrics-desk.js';

export interface LeadWorkersOptions extends Omit<SeatPapers, 'index'> {
  readonly config: Config;
  /** Resolves when this process is to stop. */
  readonly stopSignal: Promise<NodeJS.Signals>;
}

/** A worker ends by itself within the time that it is given; one that does not is killed so much later. */
const graceMs = 1000;

/**
 * Serves by several processes until a signal says stop. The first one starts alone: it makes the tables where that is to be done, and
 * what keeps it from serving ends this process too, with the same exit code. Whoever ends later is replaced.
 */
export async function leadWorkers({ config, stopSignal, ...papers }: LeadWorkersOptions): Promise<void> {
  const { workers, shutdownTimeoutSeconds } = config.http;
  const composition = await composePrimary(config);
  const { logger } = composition;
  const seats = openSeats(workers, papers, composition);
  // the copy that worker threads get: JSON has no NaN, which a gauge may be
  cluster.setupPrimary({ serialization: 'advanced' });
  process.once('exit', () => {
    for (const seat of seats) seat.kill();
  });

  const failure = await Promise.race([startAll(seats, logger), stopSignal.then(() => null)]);
  if (failure !== null) {
    if (failure.code === null) logger.error('the first worker did not start', { signal: failure.signal });
    process.exit(failure.code ?? 1);
  }
  logger.info('stopping', { signal: await stopSignal });
  const impatience = setTimeout(
    () => {
      const killed = seats.filter((seat) => seat.kill()).length;
      logger.warn('workers did not end in time', { killed });
    },
    shutdownTimeoutSeconds * 1000 + graceMs,
  );
  await Promise.all(seats.map((seat) => seat.leave()));
  clearTimeout(impatience);
}

/** Answers how the first one ended if it never served; null once all serve. */
async function startAll(seats: readonly CrewSeat[], logger: PrimaryComposition['logger']): Promise<WorkerEnd | null> {
  const [first, ...others] = seats;
  const failure = await first?.start({ mayFail: true });
  if (failure) return failure;
  await Promise.all(others.map((seat) => seat.start({ mayFail: false })));
  logger.info('workers started', { workers: seats.length, pid: process.pid });
  return null;
}

function openSeats(count: number, papers: Omit<SeatPapers, 'index'>, { logger, metrics }: PrimaryComposition): readonly CrewSeat[] {
  const desk = new MetricsDesk({ metrics });
  const serving = new Set<Worker>();
  const hooks = {
    onStart: (worker: Worker) => desk.admit(worker),
    onListening: (worker: Worker) => {
      serving.add(worker);
      metrics.workersChanged(serving.size);
    },
    onEnd: (worker: Worker) => {
      desk.dismiss(worker);
      serving.delete(worker);
      metrics.workersChanged(serving.size);
      metrics.workerEnded(worker.id);
    },
  };
  const mayMigrate = (index: number) => papers.mayMigrate && index === 0;
  return Array.from({ length: count }, (_, index) => {
    return new CrewSeat({ papers: { ...papers, index, mayMigrate: mayMigrate(index) }, logger, ...hooks });
  });
}
