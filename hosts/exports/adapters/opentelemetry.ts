/** Traces by OTLP. */
import '../../config/require-node.js';

export * from '../../../adapters/opentelemetry/otel-tracer.js';
export * from '../../../adapters/opentelemetry/start-tracing.js';
