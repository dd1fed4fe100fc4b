import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The responses of a server that are not sent yet, kept once for all that need them: each request pays for it. */
export class ResponsesInFlight {
  readonly #responses = new Set<ServerResponse>();

  constructor(server: Server) {
    server.on('request', (_request, response) => {
      this.#responses.add(response);
      response.once('close', () => this.#responses.delete(response));
    });
  }

  /** Lets the client of each connection in use hang up after its response. */
  endConnections(): void {
    for (const response of this.#responses) response.shouldKeepAlive = false;
  }

  /** Whether a response on this connection is begun: the bytes of another one would be taken for its own. */
  isBegunOn(socket: Socket): boolean {
    for (const response of this.#responses) if (response.socket === socket && response.headersSent) return true;
    return false;
  }
}
