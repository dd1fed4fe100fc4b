import { Counter, Gauge, Registry } from 'prom-client';
import type { MetricsSnapshot, RenderedMetrics } from './metrics-exchange.js';
import { countsOf, renderSum } from './sum-of-processes.js';

/**
 * What the workers of one primary have counted, with those that are gone: a counter never falls because a worker died. Of a worker
 * that does not answer, what it said last counts.
 */
export class WorkerMetrics {
  readonly #registry = new Registry();
  readonly #workers = new Gauge({ name: 'move_acces_workers', help: 'Worker processes that serve', registers: [this.#registry] });
  readonly #ends = new Counter({
    name: 'move_acces_worker_ends_total',
    help: 'Worker processes that have ended, each to be followed by another',
    registers: [this.#registry],
  });
  readonly #latest = new Map<number, MetricsSnapshot>();
  #departed: Promise<MetricsSnapshot> = Promise.resolve([]);

  constructor() {
    new Gauge({
      name: 'process_start_time_seconds',
      help: 'Start time of the process that leads the workers, in seconds since the epoch.',
      registers: [this.#registry],
      aggregator: 'first',
    }).set(Math.round(Date.now() / 1000 - process.uptime()));
  }

  workersChanged(serving: number): void {
    this.#workers.set(serving);
  }

  /** What a worker has counted so far, in place of what it said before. */
  report(workerId: number, snapshot: MetricsSnapshot): void {
    this.#latest.set(workerId, snapshot);
  }

  /** What it has counted stays counted. */
  workerEnded(workerId: number): void {
    this.#ends.inc();
    const last = this.#latest.get(workerId);
    if (last === undefined) return;
    this.#latest.delete(workerId);
    this.#departed = this.#departed.then((departed) => countsOf([departed, last]));
  }

  /** One scrape of all that was reported. */
  async render(): Promise<RenderedMetrics> {
    const own = await this.#registry.getMetricsAsJSON();
    return await renderSum([own, ...this.#latest.values(), await this.#departed]);
  }
}
