import { isIPv4, isIPv6 } from 'node:net';
import { commaList } from './comma-list.js';
import { canonicalBlock } from './ip-block.js';
import { textSchema, WrongValue } from './text-schema.js';

/** Names for several blocks, those that Express has for its own setting. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  ['loopback', ['127.0.0.0/8', '::1']],
  ['localhost', ['127.0.0.0/8', '::1']],
  ['linklocal', ['169.254.0.0/16', 'fe80::/10']],
  ['uniquelocal', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
]);
const NONE = ['false', 'off', 'no', 'none', '0'];
const EVERYBODY = 'wants the blocks of your own proxies: a block of every address lets each client invent its own';
const WANTED = 'wants a list of addresses or CIDR blocks, such as 10.0.0.0/8,fd00::/8, or loopback, linklocal, uniquelocal';

/**
 * `TRUST_PROXY`: addresses and blocks, IPv4 or IPv6, in canonical form, none twice. Other common spellings are read as what they mean; what
 * has no address in it (`true`, a number of proxies, a host name) is refused with what to write instead.
 */
export const proxyNetworks = textSchema((text): readonly string[] => {
  const items = commaList(text.toLowerCase().replace(/\s*\/\s*/g, '/')).flatMap((item) =>
    item.split(/[\s;]+/).filter((part) => part !== ''),
  );
  if (items.length === 1 && NONE.includes(items[0] ?? '')) return [];
  return [...new Set(items.flatMap(blocksOf))];
});

function blocksOf(item: string): readonly string[] {
  const named = NAMED.get(item);
  if (named !== undefined) return named;
  const block = canonicalBlock(item.replace(/^\[([^\]]*)\](?=\/|$)/, '$1'));
  if (block === null) throw new WrongValue(wantedInPlaceOf(item));
  if (/\/0$/.test(block)) throw new WrongValue(EVERYBODY);
  if (/^255\./.test(block)) throw new WrongValue('wants a netmask behind its address: 10.0.0.0/255.0.0.0');
  return [block];
}

function wantedInPlaceOf(item: string): string {
  if (['*', 'all', 'any', 'everyone'].includes(item)) return EVERYBODY;
  if (['true', 'on', 'yes'].includes(item) || /^\d+$/.test(item)) {
    return 'wants which proxies are yours, not that or how many there are: their CIDR blocks, or loopback, linklocal, uniquelocal';
  }
  if (/^(private|internal)/.test(item)) return 'wants uniquelocal or CIDR blocks, such as 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7';
  const [address = ''] = item.split('%');
  if (item.includes('%') && isIPv6(address)) return `wants an address or CIDR block without a zone: ${address}`;
  const [host = ''] = /^\[?(.*?)\]?:\d+$/.exec(item)?.slice(1) ?? [];
  if (isIPv4(host) || isIPv6(host)) return `wants an address or CIDR block without a port: ${host}`;
  if (/^[a-z][a-z0-9.-]*$/.test(item)) return 'wants addresses or CIDR blocks, not host names: what a name resolves to may change';
  return WANTED;
}
