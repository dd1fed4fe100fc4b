/** The outcome of a request. */
export interface RequestOutcome {
  /** The route template, or `unknown`. */
  readonly route: string;
  readonly status: number;
  /** The error code of the problem; null for none. */
  readonly code: string | null;
}

/** A request that is traced. */
export interface RequestTrace {
  /** 32 hexadecimal digits (W3C Trace Context §3.2.2.3). */
  readonly traceId: string;
  end(outcome: RequestOutcome): void;
}

/** The header fields of a request that continue a client's trace (W3C Trace Context §3), as received. */
export interface TraceFields {
  readonly traceparent: string | null;
  readonly tracestate: string | null;
}

/** Traces work through the process. Records only names, times and codes, never an argument, a result or a message. */
export interface Tracer {
  /** Runs `work` as a child span of the caller's span. Returns or throws what `work` returns or throws. */
  span<Result>(name: string, work: () => Result): Result;

  /** Runs the handler of a request. All work that it starts belongs to its trace. Continues the client's trace where `fields` are valid. */
  request(method: string, fields: TraceFields, handle: (trace: RequestTrace) => void): void;

  /** The trace and span of the calling work; null outside of any. */
  current(): { readonly traceId: string; readonly spanId: string } | null;
}
