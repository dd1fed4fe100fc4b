import type { ErrorRequestHandler, Request, Response } from 'express';
import { AuthError, isRefusal } from '../../../core/domain/auth-error.js';
import { bearerChallenge } from '../../http/bearer-challenge.js';
import { problemEntry } from '../../http/problem-catalogue.js';
import { instanceOf, problemDocument } from '../../http/problem-document.js';
import { announceLimits } from '../limits/announce-limits.js';
import type { RestServices } from '../rest-services.js';
import type { ProblemBody } from './problem-body.js';
import { type Refusal, refusalOf } from './refusal.js';

/** The last middleware: any error becomes a problem (RFC 9457). Its cause is logged and never sent. */
export function answerErrors({ logger }: Pick<RestServices, 'logger'>): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.writableEnded) return logger.debug('failed after its answer', { requestId: request.context.requestId, error });
    const refusal = refusalOf(error, request);
    const { status } = problemEntry(refusal.code);
    if (status >= 500) {
      const { requestId } = request.context;
      logger[status === 500 ? 'error' : 'warn'](refusal.code, isCodeEnough(error) ? { requestId } : { requestId, error });
    }
    logTableRefusal(error, request, logger);
    if (response.headersSent) response.destroy();
    else answerRefusal(refusal, request, response);
  };
}

/**
 * The response to a table's rejection does not contain the table's error text; the log does, for the owner of the table. A rejection that
 * concerns no field is logged as a warning.
 */
function logTableRefusal(error: unknown, { context: { requestId } }: Request, logger: RestServices['logger']): void {
  if (!isRefusal(error, 'validation_failed') || error.cause === undefined) return;
  const isFixable = error.detailOf('validation_failed')?.violations.every(({ field }) => field !== null);
  logger[isFixable ? 'info' : 'warn']('a table of accounts refused a row', { requestId, error });
}

/** Its code describes such a refusal fully. A stack is not printed: formatting one for each refusal under load is expensive. */
const isCodeEnough = (error: unknown): boolean => error instanceof AuthError && error.cause === undefined;

/** No part of a response may have been sent before. */
export function answerRefusal(refusal: Refusal, request: Request, response: Response): void {
  request.context.refusal = refusal.code;
  const { status, retryAfterSeconds } = problemEntry(refusal.code);
  const wait = refusal.retryAfterSeconds ?? retryAfterSeconds;
  const limits = [request.context.verdict, refusal.verdict].filter((verdict) => verdict !== null);
  announceLimits(response, limits);
  if (wait !== undefined) response.setHeader('Retry-After', String(Math.max(1, Math.ceil(wait))));
  if (status === 401 && request.context.isBearerDue) {
    response.setHeader('WWW-Authenticate', bearerChallenge(refusal.code, refusal.maxAgeSeconds));
  }
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json');
  response.status(status).send(Buffer.from(JSON.stringify(problemBody(refusal, request))));
}

function problemBody({ code, faults }: Refusal, { context }: Request): ProblemBody {
  const body = { ...problemDocument({ code, requestId: context.requestId }), instance: instanceOf(context.path) };
  return code === 'validation_failed' ? { ...body, errors: [...faults] } : body;
}
