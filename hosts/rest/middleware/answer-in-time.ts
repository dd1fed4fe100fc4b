import type { RequestHandler } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import { answerRefusal } from '../problem/answer-errors.js';
import { refusalOf } from '../problem/refusal.js';
import type { RestServices } from '../rest-services.js';

/** Less than three seconds with the time before it: the limiter, and the network in both directions. */
const longestMs = 2600;

/** Sends a response within three seconds of the request, whatever a dependency does: 503 if necessary. A later result is not sent. */
export function answerInTime({ logger }: Pick<RestServices, 'logger'>): RequestHandler {
  return (request, response, next) => {
    const lateness = setTimeout(() => {
      if (response.headersSent) return;
      logger.warn('no answer in time', { requestId: request.context.requestId });
      answerRefusal(refusalOf(new AuthError('dependency_unavailable'), request), request, response);
    }, longestMs);
    response.once('close', () => clearTimeout(lateness));
    next();
  };
}
