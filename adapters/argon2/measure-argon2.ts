import { randomBytes } from 'node:crypto';
import { argon2id, hash } from 'argon2';
import type { Argon2Parameters } from './argon2-parameters.js';

/** How long one hash takes on this machine, alone, in milliseconds. */
export async function measureArgon2({ memoryKib, timeCost, parallelism }: Argon2Parameters): Promise<number> {
  const salt = randomBytes(16);
  const startedAt = performance.now();
  await hash('a password of usual length', {
    type: argon2id,
    memoryCost: memoryKib,
    timeCost,
    parallelism,
    hashLength: 32,
    salt,
    raw: true,
  });
  return performance.now() - startedAt;
}
