import type { IncomingMessage } from 'node:http';
import type { TraceFields } from '../../core/ports/operations/tracer.js';
import { trustedPeerMatcher } from './trusted-peer.js';

const noFields: TraceFields = { traceparent: null, tracestate: null };

/**
 * Returns the trace that a request continues (W3C Trace Context §3): that of a trusted proxy, otherwise none, so that a new trace begins.
 */
export function traceFieldsFinder(trustProxy: readonly string[]): (request: IncomingMessage) => TraceFields {
  const isTrusted = trustedPeerMatcher(trustProxy);
  return (request) => {
    if (!isTrusted(request)) return noFields;
    const { traceparent, tracestate } = request.headers;
    return { traceparent: typeof traceparent === 'string' ? traceparent : null, tracestate: tracestate?.toString() ?? null };
  };
}
