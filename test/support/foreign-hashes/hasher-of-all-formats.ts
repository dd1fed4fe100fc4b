import { openArgon2 } from '../../../adapters/argon2/argon2-library.js';
import { Argon2PasswordHasher } from '../../../adapters/argon2/argon2-password-hasher.js';
import { HashQueue } from '../../../adapters/argon2/hash-queue.js';
import { Argon2Threads } from '../../../adapters/argon2/threads/argon2-threads.js';
import { BcryptVerifier } from '../../../adapters/bcrypt/bcrypt-verifier.js';
import type { HexRecipe } from '../../../adapters/legacy-passwords/hex-recipe.js';
import { HexRecipeVerifier } from '../../../adapters/legacy-passwords/hex-recipe-verifier.js';
import { legacyVerifiers } from '../../../adapters/legacy-passwords/legacy-verifiers.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';

/** Fast parameters, for tests in which the cost of Argon2 does not matter. */
const light = { memoryKib: 1024, timeCost: 2, parallelism: 1 };

const everyFormat = legacyVerifiers({ bcrypt: new BcryptVerifier(), concurrency: 2, recipes: [] });

/** A new hasher for every format, wired as in the product, that has not verified any hash yet. */
export function hasherOfAllFormats({ recipes = [] as readonly HexRecipe[], parameters = light } = {}): Argon2PasswordHasher {
  const metrics = new MemoryMetrics();
  const legacy = [...everyFormat, ...recipes.map((recipe) => new HexRecipeVerifier(recipe))];
  const queue = new HashQueue({ concurrency: 2, maxWaiting: 64, metrics });
  return new Argon2PasswordHasher({ threads: new Argon2Threads({ library: openArgon2(), size: 2 }), parameters, queue, legacy, metrics });
}
