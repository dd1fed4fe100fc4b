/**
 * The subject of a limit by address: an IPv4 address, or the /64 of an IPv6 client, which may use any address in it. An IPv4-mapped IPv6
 * address (`::ffff:192.0.2.1`) counts as the IPv4 address. `ip` is a valid address.
 */
export function rateSubject(ip: string): string {
  const ipv4 = ipv4Of(ip);
  return ipv4 ?? `${ipv6Groups(ip).slice(0, 4).join(':')}::/64`;
}

/** An address block, and the factor by which a limit per address is multiplied for it. */
export interface AddressScope {
  readonly subject: string;
  readonly factor: number;
}

/**
 * The blocks that share a limit, the narrowest first: an IPv4 address; for an IPv6 client the /64, and the /56 and /48 that providers
 * assign to one customer (RFC 6177 §2), so that the 65,536 /64 networks of one customer do not count as as many clients.
 */
export function addressScopes(ip: string): readonly [AddressScope, ...AddressScope[]] {
  const narrowest = { subject: rateSubject(ip), factor: 1 };
  if (ipv4Of(ip) !== null) return [narrowest];
  const [first, second, third, fourth = '0'] = ipv6Groups(ip);
  const upper = (Number.parseInt(fourth, 16) & 0xff00).toString(16);
  return [
    narrowest,
    { subject: `${first}:${second}:${third}:${upper}::/56`, factor: 4 },
    { subject: `${first}:${second}:${third}::/48`, factor: 16 },
  ];
}

/** Returns null for an IPv6 address that is not IPv4-mapped. */
function ipv4Of(ip: string): string | null {
  if (!ip.includes(':')) return ip;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? null;
}

function ipv6Groups(ip: string): readonly string[] {
  const [head = '', tail] = ip.split('%', 1).join('').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const width = (groups: readonly string[]) => groups.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
  const gap = tail === undefined ? 0 : 8 - width(left) - width(right);
  return [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
