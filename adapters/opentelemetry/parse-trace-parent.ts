import { createTraceState, isSpanContextValid, type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { TraceFields } from '../../core/ports/operations/tracer.js';

/** W3C Trace Context §3.2: version, trace id, parent id, flags; a later version may append more. */
const traceparentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Returns null for a header field that is missing or does not follow the standard: then a new trace begins. */
export function parseTraceParent({ traceparent, tracestate }: TraceFields): SpanContext | null {
  const [, version, traceId = '', spanId = '', flags = '', rest] = traceparentPattern.exec(traceparent?.trim() ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return null;
  const context: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
    ...(tracestate !== null && { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(context) ? context : null;
}
