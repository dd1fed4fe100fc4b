import { connect, type Socket } from 'node:net';
import type { MysqlTarget } from './mysql-target.js';

/** Opens the sockets of a pool, and can close them for good: the driver's way ends them only when the server has answered. */
export class SocketSet {
  readonly #open = new Set<Socket>();

  connect({ host, port, socketPath }: MysqlTarget): Socket {
    const socket = socketPath ? connect(socketPath) : connect({ host, port, noDelay: true, keepAlive: true });
    this.#open.add(socket);
    return socket.once('close', () => this.#open.delete(socket));
  }

  /** What was written is still sent, no answer is waited for. */
  close(): void {
    for (const socket of this.#open) socket.destroySoon();
  }
}
