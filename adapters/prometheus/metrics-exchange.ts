import type { Registry } from 'prom-client';

/** The metrics of one process in a form that can be sent to another. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Metrics in the Prometheus format. */
export interface RenderedMetrics {
  readonly contentType: string;
  readonly body: string;
}

/** Gives one of several processes that serve together the metrics of all of them. */
export interface MetricsExchange {
  /** Registers how this process's own metrics are read, for the process that renders the metrics of all. */
  offer(read: () => Promise<MetricsSnapshot>): void;
  /** Renders the metrics of all processes. Rejects when the primary process does not respond. */
  render(): Promise<RenderedMetrics>;
}
