import { randomBytes } from 'node:crypto';
import type { Argon2Library } from './argon2-library.js';
import { type Argon2Parameters, argon2OfToday } from './argon2-parameters.js';

/** How long one hash takes on this machine, alone, in milliseconds. */
export async function measureArgon2(library: Argon2Library, parameters: Argon2Parameters): Promise<number> {
  const salt = randomBytes(16);
  const startedAt = performance.now();
  await library.digest('a password of usual length', { ...argon2OfToday, ...parameters, salt, digestBytes: 32 });
  return performance.now() - startedAt;
}
