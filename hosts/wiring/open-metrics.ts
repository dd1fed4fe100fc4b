import { MemoryMetrics } from '../../adapters/memory/operations/memory-metrics.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { WorkerSeat } from './worker-seat.js';

export interface OpenMetricsOptions {
  /** Of the product, for `build_info`. */
  readonly version: string;
  readonly seat: WorkerSeat | null;
  readonly isServing: boolean;
}

/** Counters as Prometheus reads them. Nobody reads those of a command, which is spared the library. */
export async function openMetrics({ version, seat, isServing }: OpenMetricsOptions): Promise<Metrics> {
  if (!isServing) return new MemoryMetrics();
  const { PrometheusMetrics } = await import('../../adapters/prometheus/prometheus-metrics.js');
  return new PrometheusMetrics({ version, ...(seat && { exchange: seat.exchange }) });
}
