import { openArgon2 } from '../../adapters/argon2/argon2-library.js';
import type { Argon2Parameters } from '../../adapters/argon2/argon2-parameters.js';
import { measureArgon2 } from '../../adapters/argon2/measure-argon2.js';
import type { Config } from '../config/config.js';
import type { WorkerContext } from './worker-context.js';

/** The share of this process in concurrent hashes and in the queue: all workers together keep to the configuration. Each hashes at least one. */
export function shareOfHashing(
  { hashing, http }: Pick<Config, 'hashing' | 'http'>,
  worker: Pick<WorkerContext, 'index'> | null,
): Config['hashing'] {
  if (worker === null) return hashing;
  const share = (whole: number) => Math.floor(whole / http.workers) + (worker.index < whole % http.workers ? 1 : 0);
  return { ...hashing, concurrency: Math.max(1, share(hashing.concurrency)), queue: share(hashing.queue) };
}

/** How long one hash of this cost takes on this machine, in milliseconds. */
export const measureHash = (cost: Argon2Parameters): Promise<number> => measureArgon2(openArgon2(), cost);
