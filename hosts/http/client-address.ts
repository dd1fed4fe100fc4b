import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Returns the client address of a request: a valid IPv4 or IPv6 address without port or zone; null for a socket without an address. */
export type FindClientAddress = (request: IncomingMessage) => string | null;

/**
 * `trustProxy` holds the addresses and CIDR blocks of trusted proxies. The function reads `X-Forwarded-For` from right to left, starting
 * with the address of the socket, up to the first address that is not a trusted proxy. At an entry that is not an address it stops, and
 * returns the last valid one. Without trusted proxies no header counts.
 */
export function clientAddressFinder(trustProxy: readonly string[]): FindClientAddress {
  const isProxy = addressMatcher(trustProxy);
  return (request) => {
    let nearest = parseAddress(request.socket.remoteAddress ?? '');
    const entries = trustProxy.length === 0 ? [] : forwardedFor(request);
    while (nearest !== null && entries.length > 0 && isProxy(nearest)) {
      const address = parseAddress(entries.pop() ?? '');
      if (address === null) break;
      nearest = address;
    }
    return nearest;
  };
}

/** Returns a function that checks whether an address is in one of the blocks. */
export function addressMatcher(blocks: readonly string[]): (address: string) => boolean {
  const list = blockListOf(blocks);
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** True for an address of this machine. */
export const isLoopback = (address: string | null): boolean => address !== null && (address === '::1' || address.startsWith('127.'));

/**
 * Parses an address in the notation of proxies and sockets, with a port (`192.0.2.1:80`, `[2001:db8::1]:80`) or a zone (`fe80::1%eth0`),
 * into canonical form (RFC 5952). An IPv4-mapped IPv6 address becomes the IPv4 address. Null for any other text.
 */
export function parseAddress(text: string): string | null {
  if (isIP(text) === 4) return text;
  const bare = text.trim();
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(bare) ?? [];
  const [, beforePort] = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(bare) ?? [];
  const address = (bracketed ?? beforePort ?? bare).replace(/%[\w.-]+$/, '');
  const family = isIP(address);
  if (family === 0 || (bracketed !== undefined && family === 4)) return null;
  return family === 4 ? address : canonicalIpv6(address);
}

function canonicalIpv6(address: string): string {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]).join('.');
}

function forwardedFor({ headers }: IncomingMessage): string[] {
  const field = headers['x-forwarded-for'] ?? '';
  return (Array.isArray(field) ? field.join(',') : field).split(',');
}

function blockListOf(trustProxy: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of trustProxy) {
    const [text = '', prefix] = block.split('/');
    const address = parseAddress(text);
    if (address === null) throw new Error(`not an address or CIDR block: ${block}`);
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  return list;
}
