/** What became of a request. */
export interface RequestOutcome {
  /** The template, or `unknown`. */
  readonly route: string;
  readonly status: number;
  /** The problem's code; null for none. */
  readonly code: string | null;
}

/** A request that is followed. */
export interface RequestTrace {
  /** 32 hexadecimal digits (W3C Trace Context §3.2.2.3). */
  readonly traceId: string;
  end(outcome: RequestOutcome): void;
}

/** The fields of a request that continue a caller's trace (W3C Trace Context §3), as they came. */
export interface TraceFields {
  readonly traceparent: string | null;
  readonly tracestate: string | null;
}

/** Follows work through the process. No argument, result or message is ever noted: names, times and codes alone. */
export interface Tracer {
  /** Runs `work` as a span of the work that it is called from. What it returns or throws passes through unchanged. */
  span<Result>(name: string, work: () => Result): Result;

  /** Runs the handling of a request; everything that it starts belongs to it. Its caller's trace goes on where `fields` are good. */
  request(method: string, fields: TraceFields, handle: (trace: RequestTrace) => void): void;

  /** The trace and span of the work that this is called from; null outside. */
  current(): { readonly traceId: string; readonly spanId: string } | null;
}
