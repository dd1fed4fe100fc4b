import { createRequire } from 'node:module';
import type { SaltedArgon2 } from './argon2-parameters.js';

/** One computation of Argon2. */
export interface Argon2Task extends SaltedArgon2 {
  /** Length of what comes out. */
  readonly digestBytes: number;
}

/** An implementation of Argon2. All compute the same; some take less time. */
export interface Argon2Library {
  readonly name: '@node-rs/argon2' | 'argon2';
  /** On a thread of the pool. */
  digest(password: string, task: Argon2Task): Promise<Buffer>;
  /** On the thread that calls, which is busy meanwhile; the reference implementation computes on a thread of the pool only. */
  digestHere(password: string, task: Argon2Task): Buffer | Promise<Buffer>;
}

const require = createRequire(import.meta.url);

/**
 * The fastest that runs here. `@node-rs/argon2` takes the widest instructions that the processor has, and huge pages, but has binaries
 * for common machines only, and is young: it must give what the reference implementation does before it may judge a password. `argon2`
 * is the reference implementation.
 */
export function openArgon2(): Argon2Library {
  return openNodeRs() ?? openReference();
}

/** Null where it has no binary, or one that computes something else. */
export function openNodeRs(): Argon2Library | null {
  const nodeRs = tryToLoad();
  if (nodeRs === null) return null;
  const { hashRaw, hashRawSync } = nodeRs;
  const algorithms = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;
  const optionsOf = ({ scheme, version, memoryKib, timeCost, parallelism, salt, digestBytes }: Argon2Task) =>
    ({
      algorithm: algorithms[scheme],
      version: version === 16 ? 0 : 1,
      memoryCost: memoryKib,
      timeCost,
      parallelism,
      salt,
      outputLen: digestBytes,
    }) as const;
  if (hashRawSync(known.password, optionsOf(known.task)).toString('hex') !== known.digest) return null;
  return {
    name: '@node-rs/argon2',
    digest: (password, task) => hashRaw(Buffer.from(password), optionsOf(task)),
    digestHere: (password, task) => hashRawSync(Buffer.from(password), optionsOf(task)),
  };
}

export function openReference(): Argon2Library {
  const { hash, ...types } = require('argon2') as typeof import('argon2');
  const digest: Argon2Library['digest'] = (password, { scheme, memoryKib, digestBytes, version, timeCost, parallelism, salt }) =>
    hash(password, {
      type: types[scheme],
      version,
      memoryCost: memoryKib,
      timeCost,
      parallelism,
      salt,
      hashLength: digestBytes,
      raw: true,
    });
  return { name: 'argon2', digest, digestHere: digest };
}

function tryToLoad(): typeof import('@node-rs/argon2') | null {
  try {
    return require('@node-rs/argon2') as typeof import('@node-rs/argon2');
  } catch {
    return null;
  }
}

/** A test vector of the reference implementation (phc-winner-argon2, src/test.c). */
const known = {
  password: 'password',
  task: {
    scheme: 'argon2id',
    version: 19,
    memoryKib: 256,
    timeCost: 2,
    parallelism: 1,
    salt: Buffer.from('somesalt'),
    digestBytes: 32,
  },
  digest: '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
} as const;
