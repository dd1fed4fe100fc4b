import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The responses of a server that are not sent yet, in one set for all components that need them, because each request pays for the
 * bookkeeping.
 */
export class ResponsesInFlight {
  readonly #responses = new Set<ServerResponse>();

  constructor(server: Server) {
    server.on('request', (_request, response) => {
      this.#responses.add(response);
      response.once('close', () => this.#responses.delete(response));
    });
  }

  /** Sends `Connection: close` with each response in flight, so that its client closes the connection. */
  endConnections(): void {
    for (const response of this.#responses) response.shouldKeepAlive = false;
  }

  /** The response that is due next on this connection. The client would take the bytes of another response for this one. */
  on(socket: Socket): ServerResponse | null {
    for (const response of this.#responses) if (response.socket === socket) return response;
    return null;
  }
}
