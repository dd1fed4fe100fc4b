import type { Request, RequestHandler, Response } from 'express';
import { isAddressLogged } from '../../http/refusal-fields.js';
import { isSystemPath } from '../operations/system-paths.js';
import type { RestServices } from '../rest-services.js';

/**
 * Status in logs and metrics for a client that closed the connection before its response. It is not an HTTP status, but a convention of
 * proxies.
 */
const clientClosedRequest = 499;

/**
 * Writes one log line and one measurement for each request, when its response is sent or its connection closed. Never contains the raw path
 * or its query.
 */
export function logRequests({ logger, metrics }: Pick<RestServices, 'logger' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const ms = performance.now() - startedAt;
      const { known } = request.context;
      const route = known?.template ?? 'unknown';
      const status = response.writableFinished ? response.statusCode : clientClosedRequest;
      metrics.requestServed({ method: request.method, route, status, seconds: ms / 1000 });
      const isRoutine = known !== null && isSystemPath(known.template) && !isAddressLogged(status);
      const level = isRoutine ? 'debug' : 'info';
      logger[level]('request', { ...fieldsOf(request, response), route, status, ms: Math.round(ms * 10) / 10 });
    });
    next();
  };
}

function fieldsOf({ method, context, user }: Request, response: Response): Record<string, unknown> {
  const session = user ?? context.signedIn;
  return {
    method,
    requestId: context.requestId,
    ...(context.traceId === null ? {} : { traceId: context.traceId }),
    ...(session === null ? {} : { ...(session.userId !== null && { userId: session.userId }), sessionId: session.sessionId }),
    ...(context.refusal === null ? {} : { code: context.refusal }),
    ...(isAddressLogged(response.statusCode) ? { ip: context.ip } : {}),
    ...(response.writableFinished ? {} : { isAborted: true }),
  };
}
