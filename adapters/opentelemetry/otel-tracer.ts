import {
  type Attributes,
  type Context,
  type Tracer as Otel,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AuthError } from '../../core/domain/auth-error.js';
import type { RequestOutcome, RequestTrace, TraceFields, Tracer } from '../../core/ports/operations/tracer.js';
import { parseTraceParent } from './parse-trace-parent.js';

export interface OtelTracerOptions {
  readonly otel: Otel;
  readonly contexts: AsyncLocalStorageContextManager;
}

/** Spans of OpenTelemetry. It does not use OpenTelemetry's global registry, so that two tracers do not conflict. */
export class OtelTracer implements Tracer {
  readonly #otel: Otel;
  readonly #contexts: AsyncLocalStorageContextManager;

  constructor({ otel, contexts }: OtelTracerOptions) {
    this.#otel = otel;
    this.#contexts = contexts;
  }

  span<Result>(name: string, work: () => Result): Result {
    const [span, context] = this.#begin(name, SpanKind.INTERNAL, this.#contexts.active());
    try {
      const result = this.#contexts.with(context, work);
      if (!isThenable(result)) span.end();
      else
        void result.then(
          () => span.end(),
          (error: unknown) => fail(span, error),
        );
      return result;
    } catch (error) {
      fail(span, error);
      throw error;
    }
  }

  request(method: string, fields: TraceFields, handle: (request: RequestTrace) => void): void {
    const caller = parseTraceParent(fields);
    const parent = caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, caller);
    const [span, context] = this.#begin(method, SpanKind.SERVER, parent, { 'http.request.method': method });
    const { traceId } = span.spanContext();
    this.#contexts.with(context, () => handle({ traceId, end: (outcome) => endRequest(span, method, outcome) }));
  }

  current(): { readonly traceId: string; readonly spanId: string } | null {
    return trace.getSpanContext(this.#contexts.active()) ?? null;
  }

  #begin(name: string, kind: SpanKind, parent: Context, attributes: Attributes = {}): readonly [Span, Context] {
    const span = this.#otel.startSpan(name, { kind, attributes }, parent);
    return [span, trace.setSpan(parent, span)];
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** A refusal is an outcome with a code. Any other error is recorded by its class, since its message may contain data. */
function fail(span: Span, error: unknown): void {
  const type = error instanceof AuthError ? error.code : error instanceof Error ? error.name : 'unknown';
  span.setAttribute('error.type', type);
  if (!(error instanceof AuthError)) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** As the semantic conventions for HTTP servers define it: only a fault of the server is an error. */
function endRequest(span: Span, method: string, { route, status, code }: RequestOutcome): void {
  span.updateName(`${method} ${route}`);
  span.setAttributes({ 'http.route': route, 'http.response.status_code': status, ...(code !== null && { 'error.type': code }) });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
