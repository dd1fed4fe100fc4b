import type { MetricsExchange } from '../../adapters/prometheus/metrics-exchange.js';

export type { MetricsExchange, MetricsSnapshot, RenderedMetrics } from '../../adapters/prometheus/metrics-exchange.js';

/** The place of a process among those that serve together. */
export interface WorkerContext {
  /** From 0, below `WORKERS`. A process that replaces another one has its worker. */
  readonly index: number;
  readonly exchange: MetricsExchange;
}
