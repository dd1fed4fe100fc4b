import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How fast one implementation of Argon2id is on this machine, all cores at work. */
export interface HashRate {
  readonly name: 'prebuilt' | 'built here' | 'node:crypto';
  readonly perSecond: number;
  /** Processor time of one hash, in milliseconds. */
  readonly cpuMs: number;
  /** Whether it gives what the others give. */
  readonly isRight: boolean;
}

const worker = fileURLToPath(new URL('hash-rate-process.js', import.meta.url));
const package_ = dirname(createRequire(import.meta.url).resolve('argon2'));

/** Measures one after the other, each in a process of its own. `m=19456, t=2, p=1`. */
export function hashRates({ seconds = 3 } = {}): readonly HashRate[] {
  const isBuilt = existsSync(join(package_, 'build/Release'));
  return [
    measured('prebuilt', 'argon2', seconds, { PREBUILDS_ONLY: '1' }),
    ...(isBuilt ? [measured('built here', 'argon2', seconds)] : []),
    measured('node:crypto', 'node', seconds),
  ];
}

function measured(name: HashRate['name'], library: string, seconds: number, env: Readonly<Record<string, string>> = {}): HashRate {
  const { stdout } = spawnSync(process.execPath, [worker, library, String(seconds)], {
    encoding: 'utf8',
    env: { ...process.env, UV_THREADPOOL_SIZE: String(availableParallelism()), ...env },
  });
  const failed = { perSecond: 0, cpuMs: Number.NaN, isRight: false };
  return { name, ...failed, ...(stdout === '' ? {} : (JSON.parse(stdout) as Omit<HashRate, 'name'>)) };
}
