import { randomBytes } from 'node:crypto';
import { hash as argon2Hash, argon2id, verify as argon2Verify } from 'argon2';
import type { LegacyPasswordVerifier } from '../../core/ports/legacy-password-verifier.js';
import type { Metrics } from '../../core/ports/metrics.js';
import type { PasswordHasher, PasswordVerdict } from '../../core/ports/password-hasher.js';
import { type Argon2Parameters, formatArgon2id, isWeaker, parseArgon2 } from './argon2-parameters.js';
import type { HashGate } from './hash-gate.js';

export interface Argon2PasswordHasherOptions {
  /** What new hashes cost. */
  readonly parameters: Argon2Parameters;
  readonly gate: HashGate;
  /** The older formats that still log in; the first that understands a hash judges it. */
  readonly legacy: readonly LegacyPasswordVerifier[];
  readonly metrics: Pick<Metrics, 'passwordHashed'>;
}

/** RFC 9106 §4. */
const saltBytes = 16;
const hashLength = 32;

/** Argon2id for new passwords; Argon2i/d/id, and whatever `legacy` understands, for those that exist. */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #options: Argon2PasswordHasherOptions;
  /** Well-formed, with the parameters of today, and nobody's. */
  readonly #dummy: string;

  constructor(options: Argon2PasswordHasherOptions) {
    this.#options = options;
    this.#dummy = formatArgon2id(options.parameters, randomBytes(saltBytes), randomBytes(hashLength));
  }

  async hash(password: string): Promise<string> {
    const { memoryKib, timeCost, parallelism } = this.#options.parameters;
    const salt = randomBytes(saltBytes);
    // argon2's own defaults cost another 64 MiB: every parameter is given.
    const parameters = { type: argon2id, memoryCost: memoryKib, timeCost, parallelism, hashLength, salt, raw: true } as const;
    const digest = await this.#work('hash', () => argon2Hash(password, parameters));
    return formatArgon2id(this.#options.parameters, salt, digest);
  }

  async verify(password: string, hash: string | null): Promise<PasswordVerdict> {
    return await this.#work('verify', () => this.#judge(password, hash ?? ''));
  }

  async #judge(password: string, hash: string): Promise<PasswordVerdict> {
    const stored = parseArgon2(hash, this.#options.parameters);
    if (stored !== null) {
      return {
        isMatch: await argon2Verify(hash, password),
        needsUpgrade: isWeaker(stored, this.#options.parameters),
        scheme: stored.scheme,
      };
    }
    const legacy = this.#options.legacy.find((verifier) => verifier.understands(hash));
    const isMatch = (await legacy?.verify(password, hash)) ?? false;
    // A refusal costs one Argon2id at least: a quick answer would tell that there is an account, with an old hash.
    if (!isMatch) await argon2Verify(this.#dummy, password);
    return { isMatch, needsUpgrade: legacy !== undefined, scheme: legacy?.scheme ?? 'unknown' };
  }

  async #work<Result>(operation: 'hash' | 'verify', compute: () => Promise<Result>): Promise<Result> {
    return await this.#options.gate.run(async () => {
      const startedAt = performance.now();
      try {
        return await compute();
      } finally {
        this.#options.metrics.passwordHashed(operation, (performance.now() - startedAt) / 1000);
      }
    });
  }
}
