import type { IncomingMessage } from 'node:http';

/**
 * Returns whether a page may connect. Browsers let any site open a WebSocket and name the site in `Origin` (RFC 6455 §10.2). A client
 * without the header is not a browser. The host's own pages may connect; a proxy that changes `Host` needs its origin in the list.
 * `hostGuard` has checked `Host` before: on loopback, a page whose name was rebound to this machine does not count as the host's own.
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
