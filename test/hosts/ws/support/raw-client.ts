import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that keeps no rule: it writes bytes. */
export interface RawClient extends Disposable {
  readonly socket: Socket;
  /** The close code that the server sent; null when it hung up without one. */
  readonly closed: Promise<number | null>;
  /** The text of the first message. */
  readonly firstMessage: Promise<string>;
}

export interface FrameOptions {
  readonly opcode: number;
  readonly payload?: Buffer;
  readonly isFinal?: boolean;
  readonly isMasked?: boolean;
  /** RSV1 to RSV3 as bits 6 to 4 of the first byte. */
  readonly reserved?: number;
  /** Instead of the true one. */
  readonly length?: bigint;
}

/** `token` null: the upgrade shows none. */
export async function connectRaw(port: number, token: string | null): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => {});
  await once(socket, 'connect');
  const fields = [
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  if (token !== null) fields.push(`Authorization: Bearer ${token}`);
  socket.write(`GET /ws HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`);
  const first = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<number | null>();
  let bytes = Buffer.alloc(0);
  let isUpgraded = false;
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end === -1) return;
      isUpgraded = true;
      bytes = bytes.subarray(end + 4);
    }
    for (let frame = takeFrame(bytes); frame !== null; frame = takeFrame(bytes)) {
      bytes = bytes.subarray(frame.size);
      if (frame.opcode === 1) first.resolve(frame.payload.toString('utf8'));
      if (frame.opcode === 8) closed.resolve(frame.payload.readUInt16BE(0));
    }
  });
  socket.on('close', () => closed.resolve(null));
  return { socket, closed: closed.promise, firstMessage: first.promise, [Symbol.dispose]: () => socket.destroy() };
}

/** RFC 6455 §5.2. */
export function frame({ opcode, payload = Buffer.alloc(0), isFinal = true, isMasked = true, reserved = 0, length }: FrameOptions): Buffer {
  const first = (isFinal ? 0x80 : 0) | reserved | opcode;
  const mask = isMasked ? 0x80 : 0;
  const size = length ?? BigInt(payload.length);
  const header =
    size < 126n
      ? Buffer.from([first, mask | Number(size)])
      : size < 65_536n
        ? Buffer.from([first, mask | 126, 0, 0])
        : Buffer.from([first, mask | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (header.length === 4) header.writeUInt16BE(Number(size), 2);
  if (header.length === 10) header.writeBigUInt64BE(size, 2);
  // a mask of zeros leaves the payload as it is
  return Buffer.concat([header, ...(isMasked ? [Buffer.alloc(4)] : []), payload]);
}

function takeFrame(bytes: Buffer): { readonly opcode: number; readonly payload: Buffer; readonly size: number } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  const headerSize = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < headerSize) return null;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const size = headerSize + length;
  return bytes.length < size ? null : { opcode: (bytes[0] ?? 0) & 0x0f, payload: bytes.subarray(headerSize, size), size };
}
