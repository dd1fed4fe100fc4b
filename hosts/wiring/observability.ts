import { MemoryMetrics } from '../../adapters/memory/operations/memory-metrics.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Tracer } from '../../core/ports/operations/tracer.js';
import type { Config } from '../config/config.js';
import type { WorkerContext } from './worker-context.js';

/** Writes formatted lines to a terminal. Null for JSON lines on standard output: without a terminal, and with `NODE_ENV=production`. */
export async function logOutput({ logLevel }: Pick<Config, 'logLevel'>): Promise<{ write(line: string): void } | null> {
  if (logLevel === 'silent' || !process.stdout.isTTY || process.env.NODE_ENV === 'production') return null;
  const { terminalOutput } = await import('../../adapters/pino/terminal-output.js');
  return terminalOutput();
}

export interface OpenMetricsOptions {
  /** Of the product, for `build_info`. */
  readonly version: string;
  readonly worker: WorkerContext | null;
  readonly isServing: boolean;
}

/** Metrics for Prometheus. A command does not load the library, since its metrics are never read. */
export async function openMetrics({ version, worker, isServing }: OpenMetricsOptions): Promise<Metrics> {
  if (!isServing) return new MemoryMetrics();
  const { PrometheusMetrics } = await import('../../adapters/prometheus/prometheus-metrics.js');
  return new PrometheusMetrics({ version, ...(worker && { exchange: worker.exchange }) });
}

export interface OpenTracing extends AsyncDisposable {
  /** Null where no traces are exported. */
  readonly tracer: Tracer | null;
}

/** Exports traces where OpenTelemetry's own variables name a collector; otherwise its code is not loaded. */
export async function openTracing({ version }: { readonly version: string }): Promise<OpenTracing> {
  const isWanted = Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
  if (!isWanted) return { tracer: null, [Symbol.asyncDispose]: async () => {} };
  const { startTracing } = await import('../../adapters/opentelemetry/start-tracing.js');
  return startTracing({ version });
}
