import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Tracer } from '../../core/ports/operations/tracer.js';
import { OtelTracer } from './otel-tracer.js';

/** A tracer, and what must be closed so that the last spans are sent. */
export interface Tracing extends AsyncDisposable {
  readonly tracer: Tracer;
}

/** Longest wait for the collector, tries again included, unless `OTEL_EXPORTER_OTLP_TIMEOUT` says otherwise: an end must not wait for it long. */
const timeoutMillis = 3000;
const closingMs = 4000;

/**
 * Sends spans by OTLP over HTTP. Where to, how many of them and under which name is read from the variables that OpenTelemetry itself
 * defines: `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_SERVICE_NAME`, … A collector that
 * is away costs spans, never a request.
 */
export function startTracing({ version }: { readonly version: string }): Tracing {
  const own = resourceFromAttributes({ 'service.name': 'move-acces', 'service.version': version });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(process.env.OTEL_EXPORTER_OTLP_TIMEOUT ? {} : { timeoutMillis }))],
  });
  const contexts = new AsyncLocalStorageContextManager().enable();
  return {
    tracer: new OtelTracer({ otel: provider.getTracer('move-acces', version), contexts }),
    async [Symbol.asyncDispose]() {
      const { promise: lateness, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, closingMs);
      await Promise.race([provider.shutdown().catch(() => {}), lateness]);
      clearTimeout(timer);
      contexts.disable();
    },
  };
}
