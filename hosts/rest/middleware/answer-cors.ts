import cors from 'cors';
import type { Request, RequestHandler } from 'express';

const exposedHeaders = ['RateLimit', 'RateLimit-Policy', 'Retry-After', 'ETag', 'X-Request-Id', 'WWW-Authenticate'];

/** Allows pages of the given origins to call the API, without cookies. Responds to their preflight requests, which no limit counts. */
export function answerCors(origins: readonly string[]): RequestHandler {
  if (origins.length === 0) return (_request, _response, next) => next();
  const mark = cors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'X-Request-Id'],
    exposedHeaders,
    maxAge: 600,
    preflightContinue: true,
  });
  return (request, response, next) =>
    mark(request, response, (error?: unknown) => {
      if (error !== undefined || !isPreflight(request)) next(error);
      else response.status(204).end();
    });
}

const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
