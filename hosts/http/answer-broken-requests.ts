import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../../core/ports/logger.js';
import { parseAddress } from './client-address.js';
import type { HttpCode } from './http-problems.js';
import type { ResponsesInFlight } from './responses-in-flight.js';
import { sendProblem } from './send-problem.js';
import { sendRawProblem } from './send-raw-problem.js';

export interface AnswerBrokenRequestsParts {
  readonly inFlight: ResponsesInFlight;
  readonly logger: Pick<Logger, 'info'> | null;
}

/**
 * Answers what no listener for requests ever sees, in place of the bare status lines of `node:http`: what is no HTTP, is too large or
 * does not arrive, and expectations that are not supported.
 */
export function answerBrokenRequests(server: Server, { inFlight, logger }: AnswerBrokenRequestsParts): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || inFlight.isBegunOn(socket)) return void socket.destroy();
    const code = codeOf(error);
    const requestId = newRequestId();
    logger?.info('request refused', { requestId, code, ip: parseAddress(socket.remoteAddress ?? '') });
    sendRawProblem(socket, { code, requestId });
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const requestId = newRequestId();
    logger?.info('request refused', { requestId, code: 'expectation_failed', ip: parseAddress(request.socket.remoteAddress ?? '') });
    sendProblem(response, { code: 'expectation_failed', requestId, headers: { Connection: 'close' } });
  });
}

function codeOf({ code }: NodeJS.ErrnoException): HttpCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'malformed_request';
}

/** What could not be read has no id that could be believed. */
const newRequestId = (): string => randomBytes(16).toString('hex');
