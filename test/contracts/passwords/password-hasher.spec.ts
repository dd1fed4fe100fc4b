import { hash as argon2Hash, argon2id } from 'argon2';
import { openArgon2, openReference } from '../../../adapters/argon2/argon2-library.js';
import { Argon2PasswordHasher } from '../../../adapters/argon2/argon2-password-hasher.js';
import { HashQueue } from '../../../adapters/argon2/hash-queue.js';
import { Argon2Threads } from '../../../adapters/argon2/threads/argon2-threads.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { passwordHasherContract } from '../../kit/contracts/passwords/password-hasher.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

describe('The hasher of passwords', () => {
  passwordHasherContract('memory', memoryHarnesses.passwordHasher);

  for (const library of [openArgon2(), openReference()]) {
    const openHasher = (memoryKib: number) => {
      const metrics = new MemoryMetrics();
      const queue = new HashQueue({ concurrency: 2, maxWaiting: 64, metrics });
      const threads = new Argon2Threads({ library, size: 2 });
      return new Argon2PasswordHasher({ threads, parameters: { memoryKib, timeCost: 2, parallelism: 1 }, queue, legacy: [], metrics });
    };
    passwordHasherContract(`argon2 by ${library.name}`, () => ({
      hasher: openHasher(2048),
      weaker: openHasher(1024),
      hashAsTyped: (password) => argon2Hash(password, { type: argon2id, memoryCost: 2048, timeCost: 2, parallelism: 1 }),
    }));
  }
});
