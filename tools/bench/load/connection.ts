import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The response to one request. */
export interface Answer {
  /** 0 where the connection ended before a response. */
  readonly status: number;
  readonly body: string;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
}

const endOfHead = '\r\n\r\n';

/**
 * A keep-alive HTTP/1.1 connection with one request at a time. It parses only what the measured servers send, responses with
 * `Content-Length`: processor time of the generator is taken from the server on the same machine.
 */
export class Connection implements Disposable {
  readonly #socket: Socket;
  #unread = '';
  #waiting: Waiting | null = null;

  constructor({ socket }: { readonly socket: Socket }) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => this.#settle({ status: 0, body: 'the connection was closed' }));
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new Connection({ socket });
  }

  /** Sends a whole request, head and body, in ASCII. */
  send(request: string): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting = { resolve };
    this.#socket.write(request, 'latin1');
    return promise;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#unread += text;
    const headEnd = this.#unread.indexOf(endOfHead);
    if (headEnd < 0) return;
    const bodyStart = headEnd + endOfHead.length;
    const bodyEnd = bodyStart + contentLength(this.#unread.slice(0, headEnd));
    if (this.#unread.length < bodyEnd) return;
    const answer = { status: Number(this.#unread.slice(9, 12)), body: this.#unread.slice(bodyStart, bodyEnd) };
    this.#unread = this.#unread.slice(bodyEnd);
    this.#settle(answer);
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(answer);
  }
}

function contentLength(head: string): number {
  return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}
