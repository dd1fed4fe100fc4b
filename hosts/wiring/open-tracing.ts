import type { Tracer } from '../../core/ports/operations/tracer.js';

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
