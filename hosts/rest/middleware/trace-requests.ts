import type { RequestHandler } from 'express';
import { traceFieldsFinder } from '../../http/trace-fields.js';
import type { RestServices, RestSettings } from '../rest-services.js';

/** Traces each request, when tracing is on. */
export function traceRequests({ tracer }: Pick<RestServices, 'tracer'>, { trustProxy }: Pick<RestSettings, 'trustProxy'>): RequestHandler {
  if (tracer === null) return (_request, _response, next) => next();
  const traceFieldsOf = traceFieldsFinder(trustProxy);
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
