import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { FindClientAddress } from '../../http/client-address.js';
import { requestPath } from '../../http/request-path.js';
import type { PathTable } from '../path-table.js';

export interface OpenContextParts {
  readonly findRequestId: (request: IncomingMessage) => string;
  readonly paths: PathTable;
  readonly findClientAddress: FindClientAddress;
}

/** The first middleware: determines the context of the request, and its id. */
export function openContext({ findRequestId, paths, findClientAddress }: OpenContextParts): RequestHandler {
  return (request, response, next) => {
    const path = requestPath(request);
    const requestId = findRequestId(request);
    const ip = findClientAddress(request);
    request.context = {
      requestId,
      ip,
      path,
      known: paths.find(path),
      verdict: null,
      isBearerDue: false,
      traceId: null,
      signedIn: null,
      refusal: null,
    };
    response.setHeader('X-Request-Id', requestId);
    next();
  };
}
