import type { Request, RequestHandler } from 'express';
import type { TraceFields } from '../../../core/ports/tracer.js';
import type { RestServices } from '../rest-services.js';

/** Follows each request, when somebody wants traces. */
export function traceRequests({ tracer }: Pick<RestServices, 'tracer'>): RequestHandler {
  if (tracer === null) return (_request, _response, next) => next();
  return (request, response, next) => {
    tracer.request(request.method, traceFieldsOf(request), (trace) => {
      request.context.traceId = trace.traceId;
      response.once('close', () => {
        const { known, refusal } = request.context;
        trace.end({ route: known?.template ?? 'unknown', status: response.statusCode, code: refusal });
      });
      next();
    });
  };
}

function traceFieldsOf({ headers }: Request): TraceFields {
  const { traceparent, tracestate } = headers;
  return { traceparent: typeof traceparent === 'string' ? traceparent : null, tracestate: tracestate?.toString() ?? null };
}
