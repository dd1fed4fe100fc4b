import { availableParallelism } from 'node:os';
import { oneOf, wholeNumber } from './value-schemas.js';
import { setting } from './variable.js';

const cores = availableParallelism();

/** How passwords are hashed, and which are refused. */
export const passwordVariables = {
  ARGON2_MEMORY_KIB: setting({
    default: '19456',
    schema: wholeNumber(8, 4_194_304),
    doc: 'Memory of an Argon2id hash in KiB, up to 4194304; refused with ARGON2_TIME_COST below the OWASP floor',
  }),
  ARGON2_TIME_COST: setting({
    default: '2',
    schema: wholeNumber(1, 100),
    doc: 'Passes of an Argon2id hash, 1 to 100',
  }),
  ARGON2_PARALLELISM: setting({
    default: '1',
    schema: wholeNumber(1, 64),
    doc: 'Lanes of an Argon2id hash, 1 to 64',
  }),
  HASH_CONCURRENCY: setting({
    default: 'cores',
    schema: wholeNumber(1, 256, { cores }),
    doc: 'Maximum number of hashes computed at the same time, by all workers together: 1 to 256, or cores',
  }),
  HASH_QUEUE: setting({
    default: '64',
    schema: wholeNumber(0, 100_000),
    doc: 'Maximum number of waiting hashes, in all workers together, 0 to 100000; beyond that the response is 503',
  }),
  PASSWORD_MIN_LENGTH: setting({
    default: '8',
    schema: wholeNumber(8, 128),
    doc: 'Minimum number of code points of a new password, 8 to 128',
  }),
  PASSWORD_BLOCKLIST: setting({
    default: 'builtin',
    schema: oneOf(['builtin', 'off']),
    doc: 'builtin refuses common new passwords; off accepts them. Personal passwords are refused in both cases',
  }),
} as const;
