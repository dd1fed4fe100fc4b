import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** All that came, as it came. */
  readonly whole: string;
}

/** Sends bytes as they are on a connection of their own, and reads until the server ends it. Status 0: it was ended without an answer. */
export async function sendRaw(url: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''));
  socket.on('error', () => {}); // what was read until then is the answer
  socket.write(text);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  const whole = Buffer.concat(chunks).toString('latin1');
  const [head = '', ...rest] = whole.split('\r\n\r\n');
  const [statusLine = '', ...fields] = head.split('\r\n');
  const headers = new Headers(fields.map((field): [string, string] => [field.replace(/:.*/s, ''), field.replace(/^[^:]*: ?/, '')]));
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, text: rest.join('\r\n\r\n'), whole };
}

/** The lines of a request without a body, on a connection that ends with the answer. */
export const requestText = (line: string, fields: readonly string[]): string => [line, ...fields, 'Connection: close', '', ''].join('\r\n');

/** The lines of a handshake to `/ws`, to which an answer ends the connection unless it is 101. */
export const upgradeText = (fields: readonly string[], target = '/ws'): string =>
  [
    `GET ${target} HTTP/1.1`,
    ...fields,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n');
