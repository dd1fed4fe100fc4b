import { ValidateError } from '@tsoa/runtime';
import type { RequestHandler } from 'express';

/** What the fault says of a field. */
export const unknownQueryMessage = 'unknown field of the query';

/**
 * For the controllers of the API, after a token was judged: refuses fields of the query that the action does not name, as fields of a body
 * are. Routes of operators and documents take any query, which probes and browsers add against caches.
 */
export const refuseUnknownQuery: RequestHandler = (request, _response, next) => {
  if (!request.url.includes('?')) return next(); // before the query is parsed
  const known = request.context.known?.queries.get(request.method);
  const unknown = Object.keys(request.query).filter((name) => known?.has(name) !== true);
  if (unknown.length === 0) return next();
  throw new ValidateError(Object.fromEntries(unknown.map((name) => [`query.${name}`, { message: unknownQueryMessage }])), '');
};
