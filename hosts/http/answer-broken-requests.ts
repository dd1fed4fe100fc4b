import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { parseAddress } from './client-address.js';
import type { HttpCode } from './http-problems.js';
import { type ProblemCode, problemEntry } from './problem-catalogue.js';
import { instanceOf } from './problem-document.js';
import { requestPath } from './request-path.js';
import type { ResponsesInFlight } from './responses-in-flight.js';
import { sendProblem } from './send-problem.js';
import { sendRawProblem } from './send-raw-problem.js';

export interface AnswerBrokenRequestsParts {
  readonly inFlight: ResponsesInFlight;
  readonly logger: Pick<Logger, 'info'> | null;
  /** Counts requests for which no request listener is called. */
  readonly metrics: Pick<Metrics, 'requestServed'> | null;
}

/**
 * Responds to requests for which `node:http` calls no request listener, and replaces its bare status lines: input that is not HTTP, is too
 * large or does not arrive, expectations that are not supported, and requests for a tunnel.
 */
export function answerBrokenRequests(server: Server, { inFlight, logger, metrics }: AnswerBrokenRequestsParts): void {
  const log = (code: ProblemCode, { remoteAddress = '' }: Socket, requestId = newRequestId()) => {
    logger?.info('request refused', { requestId, code, ip: parseAddress(remoteAddress) });
    return { code, requestId };
  };
  const count = (code: ProblemCode) =>
    metrics?.requestServed({ method: 'other', route: 'unknown', status: problemEntry(code).status, seconds: 0 });

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const response = inFlight.on(socket);
    if (!socket.writable || error.code === 'ECONNRESET' || response?.headersSent) return void socket.destroy();
    // The unreadable input is a later request: it gets no response. The complete request before it gets its own response.
    if (response?.req.complete) return endAfter(response);
    const code = codeOf(error);
    if (response !== null) return sendProblem(response, { ...log(code, socket, requestIdOf(response)), ...ending(response.req) });
    count(code);
    sendRawProblem(socket, log(code, socket));
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    count('expectation_failed');
    sendProblem(response, { ...log('expectation_failed', request.socket), ...ending(request) });
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    count('method_not_allowed');
    // RFC 9110 §10.2.1: an empty list, since no method opens a tunnel
    sendRawProblem(socket, { ...log('method_not_allowed', request.socket), headers: { Allow: '' } });
  });
}

function endAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}

/** Fields of a problem document where the head of the request was read, and the connection ends. */
const ending = (request: IncomingMessage) => ({ instance: instanceOf(requestPath(request)), headers: { Connection: 'close' } });

function codeOf({ code }: NodeJS.ErrnoException): HttpCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'malformed_request';
}

/** The id that the app has already assigned to the request. */
function requestIdOf(response: ServerResponse): string | undefined {
  const known = response.getHeader('X-Request-Id');
  return typeof known === 'string' ? known : undefined;
}

/** A request that could not be read has no trustworthy id. */
const newRequestId = (): string => randomBytes(16).toString('hex');
