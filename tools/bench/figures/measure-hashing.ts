import { hashRates } from '../../argon2/hash-rates.js';
import type { Figure } from './figure.js';

/** Hashes a second of each implementation that there is; what is built here is what is used, where it is. */
export async function measureHashing(): Promise<readonly Figure[]> {
  return hashRates().flatMap(({ name, perSecond, cpuMs }) => [
    { what: `argon2, ${name}`, unit: 'hashes/s', ours: perSecond },
    { what: `argon2, ${name}`, unit: 'cpu ms/hash', ours: cpuMs },
  ]);
}
