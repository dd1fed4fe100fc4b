import { connect, type Socket } from 'node:net';
import type { MysqlTarget } from './mysql-target.js';

/** Opens the sockets of a pool, and can close them for good: the driver itself ends them only when the server has responded. */
export class SocketSet {
  readonly #open = new Set<Socket>();

  connect({ host, port, socketPath }: MysqlTarget): Socket {
    const socket = socketPath ? connect(socketPath) : connect({ host, port, noDelay: true, keepAlive: true });
    this.#open.add(socket);
    return socket.once('close', () => this.#open.delete(socket));
  }

  /** Still sends what was written, and waits for no response. */
  close(): void {
    for (const socket of this.#open) socket.destroySoon();
  }
}
