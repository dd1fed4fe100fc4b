import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Tracer } from '../../core/ports/operations/tracer.js';
import { OtelTracer } from './otel-tracer.js';

/** A tracer; disposing of it sends the last spans. */
export interface Tracing extends AsyncDisposable {
  readonly tracer: Tracer;
}

/**
 * Timeout for the collector in milliseconds, retries included, unless `OTEL_EXPORTER_OTLP_TIMEOUT` sets another: it also limits the
 * shutdown.
 */
const timeoutMillis = 3000;
const closingMs = 4000;

/**
 * Sends spans by OTLP over HTTP. The endpoint, the sampling and the service name come from OpenTelemetry's own environment variables:
 * `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_SERVICE_NAME`, … An unavailable collector loses
 * spans, but never affects a request.
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
