import type { Registry } from 'prom-client';

/** The metrics of one process in a form that can be sent to another. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Metrics as Prometheus reads them. */
export interface RenderedMetrics {
  readonly contentType: string;
  readonly body: string;
}

/** How one of several processes that serve together comes to what all of them have counted. */
export interface MetricsExchange {
  /** Says how this process's own metrics are read, for whoever renders those of all. */
  offer(read: () => Promise<MetricsSnapshot>): void;
  /** One scrape for all. Rejects when nobody answers for them. */
  render(): Promise<RenderedMetrics>;
}
