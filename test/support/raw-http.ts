import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** All received bytes, unchanged. */
  readonly whole: string;
}

/** Sends bytes unchanged on a new connection, and reads until the server ends it. Status 0: the server ended it without a response. */
export async function sendRaw(url: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''));
  socket.on('error', () => {}); // the bytes read until then are the response
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

/** The lines of a request without a body, on a connection that ends with the response. */
export const requestText = (line: string, fields: readonly string[]): string => [line, ...fields, 'Connection: close', '', ''].join('\r\n');

/** The lines of a handshake to `/ws`. The connection ends with the response unless its status is 101. */
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
