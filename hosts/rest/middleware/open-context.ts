import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { hex } from '../../../core/domain/hex.js';
import type { Random } from '../../../core/ports/random.js';
import type { FindClientAddress } from '../client-address.js';
import type { PathTable } from '../path-table.js';

export interface OpenContextParts {
  readonly random: Random;
  readonly paths: PathTable;
  readonly findClientAddress: FindClientAddress;
}

/** What a caller may choose as the id of his request: it stands in logs and rows. */
const ownRequestId = /^[A-Za-z0-9._-]{1,64}$/;

/** First of all: finds out what is known of the request, and names it. */
export function openContext({ random, paths, findClientAddress }: OpenContextParts): RequestHandler {
  return (request, response, next) => {
    const path = pathOf(request);
    const requestId = requestIdOf(request) ?? hex(random.bytes(16));
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

function requestIdOf({ headers }: IncomingMessage): string | null {
  const id = headers['x-request-id'];
  return typeof id === 'string' && ownRequestId.test(id) ? id : null;
}

/** The request target may name the whole address (RFC 9112 §3.2.2). */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
}
