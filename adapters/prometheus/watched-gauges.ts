import { Gauge, type Registry } from 'prom-client';
import type { WatchedGauge } from '../../core/ports/operations/metrics.js';

const gauges = {
  database_connections_busy: { help: 'Database connections at work', aggregator: 'sum' },
  database_connections_waiting: { help: 'Requests waiting for a database connection', aggregator: 'sum' },
  database_connections_max: { help: 'Database connections at most', aggregator: 'sum' },
  redis_up: { help: '1 while Redis answers', aggregator: 'min' },
  redis_evicts: { help: '1 while the maxmemory-policy of Redis deletes keys, and so lets it forget rate limits', aggregator: 'max' },
} as const satisfies Record<WatchedGauge, object>;

/** Gauges that are read at each rendering. Each exists only once it is watched: a process without Redis has no `redis_up`. */
export class WatchedGauges {
  readonly #registry: Registry;

  constructor({ registry }: { readonly registry: Registry }) {
    this.#registry = registry;
  }

  watch(gauge: WatchedGauge, read: () => number): void {
    const name = `move_acces_${gauge}`;
    this.#registry.removeSingleMetric(name);
    new Gauge({
      name,
      ...gauges[gauge],
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }
}
