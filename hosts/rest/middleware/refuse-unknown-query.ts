import { ValidateError } from '@tsoa/runtime';
import type { RequestHandler } from 'express';

/** The message of the fault. */
export const unknownQueryMessage = 'unknown field of the query';

/**
 * For the controllers of the API, after the token was checked: rejects query fields that the action does not declare, as body fields are.
 * Routes for operators and documents accept any query, because probes and browsers add fields against caches.
 */
export const refuseUnknownQuery: RequestHandler = (request, _response, next) => {
  if (!request.url.includes('?')) return next(); // before the query is parsed
  const known = request.context.known?.queries.get(request.method);
  const unknown = Object.keys(request.query).filter((name) => known?.has(name) !== true);
  if (unknown.length === 0) return next();
  throw new ValidateError(Object.fromEntries(unknown.map((name) => [`query.${name}`, { message: unknownQueryMessage }])), '');
};
