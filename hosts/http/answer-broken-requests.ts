import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../../core/ports/logger.js';
import { parseAddress } from './client-address.js';
import type { HttpCode } from './http-problems.js';
import { sendProblem } from './send-problem.js';
import { sendRawProblem } from './send-raw-problem.js';

/**
 * Answers what no listener for requests ever sees, in place of the bare status lines of `node:http`: what is no HTTP, is too large or
 * does not arrive, and expectations that are not supported.
 */
export function answerBrokenRequests(server: Server, logger: Pick<Logger, 'info'> | null): void {
  const answers = new AnswersOfSockets();
  server.on('request', (request, response) => answers.add(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || answers.isBegun(socket)) return void socket.destroy();
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

/** Which answers of each connection are under way. One that is begun leaves no place for another: its bytes would be taken for its own. */
class AnswersOfSockets {
  readonly #pending = new WeakMap<Socket, Set<ServerResponse>>();

  add(socket: Socket, response: ServerResponse): void {
    const pending = this.#pending.get(socket) ?? new Set();
    this.#pending.set(socket, pending.add(response));
    response.once('close', () => pending.delete(response));
  }

  isBegun(socket: Socket): boolean {
    return [...(this.#pending.get(socket) ?? [])].some(({ headersSent }) => headersSent);
  }
}

function codeOf({ code }: NodeJS.ErrnoException): HttpCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'malformed_request';
}

/** What could not be read has no id that could be believed. */
const newRequestId = (): string => randomBytes(16).toString('hex');
