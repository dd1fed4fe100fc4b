import { isIPv4, isIPv6 } from 'node:net';

/** An address, or the addresses that share its first `prefix` bits. */
interface IpBlock {
  /** 4 or 16. */
  readonly bytes: readonly number[];
  /** null for a single address. */
  readonly prefix: number | null;
}

/**
 * Parses `address`, `address/prefix` or, for IPv4, `address/netmask`, and returns its canonical form (RFC 5952): bits after the prefix are
 * zero, and an IPv4-mapped block (`::ffff:10.0.0.0/104`) is IPv4. Null for any other text.
 */
export function canonicalBlock(text: string): string | null {
  const [address = '', length, ...rest] = text.split('/');
  const bytes = bytesOf(address);
  if (bytes === null || rest.length > 0) return null;
  const prefix = length === undefined ? null : prefixOf(length, bytes.length);
  if (prefix !== null && !(prefix <= bytes.length * 8)) return null;
  return formatted(unmapped({ bytes, prefix }));
}

function bytesOf(address: string): readonly number[] | null {
  if (isIPv4(address)) return address.split('.').map(Number);
  if (!isIPv6(address) || address.includes('%')) return null;
  const [head = '', tail] = canonicalIpv6(address).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

/** Returns NaN for a text that is neither a number of bits nor a netmask of ones followed by zeros. */
function prefixOf(text: string, size: number): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  if (size !== 4 || !isIPv4(text)) return Number.NaN;
  const bits = text
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : Number.NaN;
}

function unmapped({ bytes, prefix }: IpBlock): IpBlock {
  const isMapped = bytes.length === 16 && bytes.every((byte, at) => at >= 12 || byte === (at < 10 ? 0 : 0xff));
  return isMapped && (prefix === null || prefix >= 96) ? { bytes: bytes.slice(12), prefix: prefix && prefix - 96 } : { bytes, prefix };
}

function formatted({ bytes, prefix }: IpBlock): string {
  const kept = bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, (prefix ?? 128) - at * 8))));
  const suffix = prefix === null ? '' : `/${prefix}`;
  if (kept.length === 4) return kept.join('.') + suffix;
  const groups = Array.from({ length: 8 }, (_, at) => (((kept[at * 2] ?? 0) << 8) | (kept[at * 2 + 1] ?? 0)).toString(16));
  return canonicalIpv6(groups.join(':')) + suffix;
}

const canonicalIpv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
