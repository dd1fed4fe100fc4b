/**
 * What a limiter counts by: an IPv4 address, or the /64 that an IPv6 client can roam in at will.
 * An IPv4 address in IPv6 clothing (`::ffff:192.0.2.1`) is the IPv4 address. `ip` is a valid address.
 */
export function rateSubject(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  return `${ipv6Groups(ip).slice(0, 4).join(':')}::/64`;
}

function ipv6Groups(ip: string): readonly string[] {
  const [head = '', tail] = ip.split('%', 1).join('').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const width = (groups: readonly string[]) => groups.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
  const gap = tail === undefined ? 0 : 8 - width(left) - width(right);
  return [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
