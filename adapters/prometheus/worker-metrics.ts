import { Counter, Gauge, Registry } from 'prom-client';
import type { MetricsSnapshot, RenderedMetrics } from './metrics-exchange.js';
import { countsOf, renderSum } from './sum-of-processes.js';

/**
 * The metrics of the workers of one primary, including ended workers: a counter never decreases because a worker ended. For a worker that
 * does not respond, its last report counts.
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

  /** Replaces the last report of a worker. */
  report(workerId: number, snapshot: MetricsSnapshot): void {
    this.#latest.set(workerId, snapshot);
  }

  /** Keeps the counters of a worker that ended. */
  workerEnded(workerId: number): void {
    this.#ends.inc();
    const last = this.#latest.get(workerId);
    if (last === undefined) return;
    this.#latest.delete(workerId);
    this.#departed = this.#departed.then((departed) => countsOf([departed, last]));
  }

  /** Renders all reported metrics together. */
  async render(): Promise<RenderedMetrics> {
    const own = await this.#registry.getMetricsAsJSON();
    return await renderSum([own, ...this.#latest.values(), await this.#departed]);
  }
}
