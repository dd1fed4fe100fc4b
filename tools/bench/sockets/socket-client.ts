import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client's text frame (RFC 6455 §5.2), under 64 KiB; masked with zeros, which costs nothing. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

/** A WebSocket with as little overhead as possible: processor time of the generator is taken from the server on the same machine. */
export class SocketClient implements Disposable {
  /** Receives each text. */
  onText: (text: Buffer) => void = () => {};
  readonly #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);

  constructor({ socket }: { readonly socket: Socket }) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {}); // the caller counts responses, and notices a missing one
  }

  /** Resolves at the first message: then the client is admitted. Rejects when it is not. */
  static async open(url: string, token: string): Promise<SocketClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const client = new SocketClient({ socket });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    client.onText = () => resolve();
    socket.once('close', () => reject(new Error('the socket was closed before its first message')));
    const key = randomBytes(16).toString('base64');
    const upgrade = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}`;
    socket.once('data', (chunk: Buffer) => client.#begin(chunk));
    socket.write(`GET /ws?token=${token} HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n\r\n`);
    await promise;
    return client;
  }

  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  /** The head of the response arrives in one chunk, perhaps with frames after it. */
  #begin(chunk: Buffer): void {
    const end = chunk.indexOf('\r\n\r\n');
    if (end < 0 || !chunk.subarray(0, 12).toString('latin1').endsWith('101')) return void this.#socket.destroy();
    this.#socket.on('data', (next: Buffer) => this.#take(next));
    this.#take(chunk.subarray(end + 4));
  }

  #take(chunk: Buffer): void {
    let bytes = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const frame = frameAt(bytes);
      if (frame === null) break;
      bytes = bytes.subarray(frame.end);
      if (frame.opcode === 9) this.#socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
      else if (frame.opcode === 1) this.onText(frame.payload);
    }
    this.#unread = bytes;
  }
}

/** Parses the first frame of a server, which masks nothing; null while it is not complete. */
function frameAt(bytes: Buffer): { readonly opcode: number; readonly payload: Buffer; readonly end: number } | null {
  if (bytes.length < 4)
    return bytes.length >= 2 && bytes[1] === 0 ? { opcode: (bytes[0] ?? 0) & 15, payload: bytes.subarray(2, 2), end: 2 } : null;
  const short = (bytes[1] ?? 0) & 127;
  const [length, start] = short < 126 ? [short, 2] : [bytes.readUInt16BE(2), 4];
  const end = start + length;
  return bytes.length < end ? null : { opcode: (bytes[0] ?? 0) & 15, payload: bytes.subarray(start, end), end };
}
