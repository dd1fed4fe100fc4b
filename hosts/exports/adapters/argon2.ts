/** Argon2id, with a bounded queue before it. */
import '../../config/require-node.js';

export * from '../../../adapters/argon2/argon2-library.js';
export * from '../../../adapters/argon2/argon2-parameters.js';
export * from '../../../adapters/argon2/argon2-password-hasher.js';
export * from '../../../adapters/argon2/hash-queue.js';
export * from '../../../adapters/argon2/measure-argon2.js';
export * from '../../../adapters/argon2/threads/argon2-threads.js';
