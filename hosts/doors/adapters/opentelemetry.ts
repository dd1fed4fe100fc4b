/** Traces by OTLP. */
export * from '../../../adapters/opentelemetry/otel-tracer.js';
export * from '../../../adapters/opentelemetry/start-tracing.js';
