import { MemoryMetrics } from '../../adapters/memory/operations/memory-metrics.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Tracer } from '../../core/ports/operations/tracer.js';
import type { Config } from '../config/config.js';
import type { WorkerContext } from './worker-context.js';

/** Pretty lines where a person looks on; null for JSON on standard output, which is for machines. `NODE_ENV=production` is for machines too. */
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

/** Counters as Prometheus reads them. Nobody reads those of a command, which is spared the library. */
export async function openMetrics({ version, worker, isServing }: OpenMetricsOptions): Promise<Metrics> {
  if (!isServing) return new MemoryMetrics();
  const { PrometheusMetrics } = await import('../../adapters/prometheus/prometheus-metrics.js');
  return new PrometheusMetrics({ version, ...(worker && { exchange: worker.exchange }) });
}

export interface OpenTracing extends AsyncDisposable {
  /** Null while nobody wants traces. */
  readonly tracer: Tracer | null;
}

/** Traces where OpenTelemetry's own variable says where to; otherwise not even its code is loaded. */
export async function openTracing({ version }: { readonly version: string }): Promise<OpenTracing> {
  const isWanted = Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
  if (!isWanted) return { tracer: null, [Symbol.asyncDispose]: async () => {} };
  const { startTracing } = await import('../../adapters/opentelemetry/start-tracing.js');
  return startTracing({ version });
}
