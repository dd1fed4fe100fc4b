import type { RequestHandler } from 'express';

/**
 * Removes `Cache-Control: no-cache` from a request, because `fetch` adds it by itself and Express then ignores `If-None-Match`. RFC 9110
 * §13.1.2 has no such exception, and no response of this API comes from a cache.
 */
export const stripCacheControl: RequestHandler = ({ headers }, _response, next) => {
  delete headers['cache-control'];
  next();
};
