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

  /** The response that is due next on this connection: the bytes of another one would be taken for its own. */
  on(socket: Socket): ServerResponse | null {
    for (const response of this.#responses) if (response.socket === socket) return response;
    return null;
  }
}
