import type { RequestHandler } from 'express';

/**
 * Express answers in full, whatever `If-None-Match` says, where a request has `Cache-Control: no-cache`, which `fetch` adds by itself.
 * RFC 9110 §13.1.2 knows no such exception, and what is asked for here comes from no cache anyway.
 */
export const stripCacheControl: RequestHandler = ({ headers }, _response, next) => {
  delete headers['cache-control'];
  next();
};
