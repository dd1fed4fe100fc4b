import { argon2Implementations, runHashFloor } from '../floor/run-hash-floor.js';
import type { Figure } from './figure.js';

const seconds = 4;

/** Hashes a second of each Argon2 implementation that has a binary on this machine. The first is the one that the server uses. */
export async function measureHashing(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const name of argon2Implementations) {
    const run = await runHashFloor(seconds, name);
    if (run === null) continue;
    figures.push({ what: `argon2, ${name}`, unit: 'hashes/s', ours: run.perSecond });
    figures.push({ what: `argon2, ${name}`, unit: 'cpu ms/hash', ours: run.cpuMs.server ?? null });
  }
  return figures;
}
