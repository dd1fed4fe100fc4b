import { isIPv6 } from 'node:net';

/** The address that a server listens on. `host` is a name or an address, an IPv6 address without its brackets. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Parses `host`, `host:port`, `:port` (then localhost) or `[ipv6]:port`; null for any other text. */
export function parseHostPort(text: string, defaultPort: number): HostPort | null {
  const match = /^(?:\[([^\]]+)\]|([\p{L}\p{N}._-]+))?(?::(\d{1,5}))?$/u.exec(text);
  if (match === null) return null;
  const [, ipv6, name = 'localhost', digits] = match;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (port < 1 || port > 65_535 || (ipv6 !== undefined && !isIPv6(ipv6))) return null;
  return { host: ipv6 ?? name, port };
}

/** The reverse: adds brackets around an IPv6 address. */
export function formatHostPort({ host, port }: HostPort): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
