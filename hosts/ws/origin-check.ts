import type { IncomingMessage } from 'node:http';

/**
 * Whether a page may connect: browsers let any site open a WebSocket and say in `Origin` which one it is (RFC 6455 §10.2). Without the
 * field it is no browser. The host's own pages may; a proxy that changes `Host` needs its origin in the list.
 * `hostGuard` has judged `Host` before: on loopback a page whose name was rebound to this machine is none of the host's own.
 */
export function isOriginAllowed({ headers }: Pick<IncomingMessage, 'headers'>, corsOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (corsOrigins.includes(origin)) return true;
  if (host === undefined || !/^https?:\/\/[^/?#@\\\s]+$/i.test(origin) || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === originHost;
}
