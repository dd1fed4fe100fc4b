import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ProblemFacts, problemDocument } from './problem-document.js';
import { securityFields } from './security-fields.js';

export interface RawProblem extends ProblemFacts {
  readonly headers?: Readonly<Record<string, string>>;
}

/** How long a client may take to receive the response, in milliseconds. */
const sendTimeoutMs = 2000;

/** Sends a problem document where `node:http` has no response to write to, and ends the connection. */
export function sendRawProblem(socket: Duplex, { headers = {}, ...facts }: RawProblem): void {
  socket.on('error', () => {}); // of a client that hangs up: `node:http` listens no more after an upgrade or a CONNECT
  if (!socket.writable) return void socket.destroy();
  const document = problemDocument(facts);
  const body = JSON.stringify(document);
  const fields = {
    Date: new Date().toUTCString(),
    Connection: 'close',
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...securityFields,
    'X-Request-Id': facts.requestId,
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const timeout = setTimeout(() => socket.destroy(), sendTimeoutMs);
  socket.once('close', () => clearTimeout(timeout)).once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
