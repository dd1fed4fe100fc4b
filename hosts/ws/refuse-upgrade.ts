import type { Duplex } from 'node:stream';
import { actions, type ErrorCode } from '../../core/domain/error-code.js';

export interface UpgradeRefusal {
  readonly status: 403 | 404 | 426 | 429;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const phrases = {
  403: 'Forbidden',
  404: 'Not Found',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
} as const satisfies Record<UpgradeRefusal['status'], string>;

/** Answers an upgrade by HTTP instead, as a problem document (RFC 9457), and hangs up. */
export function refuseUpgrade(socket: Duplex, { status, code, requestId, headers = {} }: UpgradeRefusal): void {
  const title = phrases[status];
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, code, action: actions[code], request_id: requestId });
  const fields = {
    Connection: 'close',
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
