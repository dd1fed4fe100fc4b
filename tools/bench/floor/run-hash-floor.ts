import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Run } from '../load/closed-loop.js';

export const argon2Implementations = ['@node-rs/argon2', 'argon2', 'node:crypto'] as const;

export type Argon2Implementation = (typeof argon2Implementations)[number];

const file = fileURLToPath(new URL('hash-floor.js', import.meta.url));

/** Runs only Argon2, in a separate process whose thread pool has the best size for hashes. Null where there is no binary. */
export async function runHashFloor(seconds: number, implementation: Argon2Implementation | 'ours' = 'ours'): Promise<Run | null> {
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(availableParallelism()) };
  const { stdout } = await promisify(execFile)(process.execPath, [file, String(seconds), implementation], { env });
  return JSON.parse(stdout) as Run | null;
}
