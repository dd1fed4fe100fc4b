import { MemoryMetrics } from '../../adapters/memory/operations/memory-metrics.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { WorkerContext } from './worker-context.js';

export interface OpenMetricsOptions {
  /** Of the product, for `build_info`. */
  readonly version: string;
  readonly worker: WorkerContext | null;
  readonly isServing: boolean;
}

/** Counters as Prometheus reads them. Nobody reads those of a command, which is spared the library. */
export async function openMetrics({ version, worker, isServing }: OpenMetricsOptions): Promise<Metrics> {
  if (!isServing) return new MemoryMetrics();
  const { PrometheusMetrics } = await import('../../adapters/prometheus/prometheus-metrics.js');
  return new PrometheusMetrics({ version, ...(worker && { exchange: worker.exchange }) });
}
