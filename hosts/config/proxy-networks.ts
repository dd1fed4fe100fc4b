import { isIPv4, isIPv6 } from 'node:net';
import { commaList } from './comma-list.js';
import { textSchema, WrongValue } from './text-schema.js';

/** `TRUST_PROXY`: addresses and CIDR blocks, IPv4 or IPv6, each as written but in lower case, none twice. */
export const proxyNetworks = textSchema((text): readonly string[] => {
  const blocks = commaList(text.toLowerCase());
  for (const block of blocks) requireBlock(block);
  return [...new Set(blocks)];
});

function requireBlock(block: string): void {
  const [address = '', prefix, ...rest] = block.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : null;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && bits !== null && Number(prefix) <= bits);
  if (bits === null || !isPrefix || rest.length > 0) {
    throw new WrongValue('wants a comma list of addresses or CIDR blocks, such as 10.0.0.0/8,fd00::/8');
  }
  if (Number(prefix) === 0) {
    throw new WrongValue('wants the blocks of your own proxies: a block of every address lets each client invent its own');
  }
}
