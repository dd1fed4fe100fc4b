import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { LegacyPasswordVerifier } from '../../core/ports/legacy-password-verifier.js';
import type { Metrics } from '../../core/ports/metrics.js';
import type { PasswordHasher, PasswordVerdict } from '../../core/ports/password-hasher.js';
import type { Argon2Library } from './argon2-library.js';
import {
  type Argon2Parameters,
  argon2OfToday,
  formatArgon2id,
  isAsCostly,
  isWeaker,
  parseArgon2,
  type StoredArgon2,
} from './argon2-parameters.js';
import type { HashGate } from './hash-gate.js';
import { RefusalPace } from './refusal-pace.js';

export interface Argon2PasswordHasherOptions {
  /** What computes; all give the same. */
  readonly library: Argon2Library;
  /** What new hashes cost. */
  readonly parameters: Argon2Parameters;
  readonly gate: HashGate;
  /** The older formats that still log in; the first that understands a hash judges it. */
  readonly legacy: readonly LegacyPasswordVerifier[];
  readonly metrics: Pick<Metrics, 'passwordHashed'>;
}

/** RFC 9106 §4. */
const saltBytes = 16;
const digestBytes = 32;
const unknownScheme = 'unknown';

/** Argon2id for new passwords; Argon2i/d/id, and whatever `legacy` understands, for those that exist. */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #options: Argon2PasswordHasherOptions;
  /** With the parameters of today, and nobody's. */
  readonly #dummy: StoredArgon2;
  readonly #pace = new RefusalPace();

  constructor(options: Argon2PasswordHasherOptions) {
    this.#options = options;
    const [salt, digest] = [randomBytes(saltBytes), randomBytes(digestBytes)];
    this.#dummy = { ...argon2OfToday, ...options.parameters, salt, digest };
  }

  admit<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#options.gate.admit(work);
  }

  async hash(password: string): Promise<string> {
    const { library, parameters } = this.#options;
    const salt = randomBytes(saltBytes);
    const digest = await this.#work('hash', () => library.digest(password, { ...argon2OfToday, ...parameters, salt, digestBytes }));
    return formatArgon2id(parameters, salt, digest);
  }

  async verify(password: string, hash: string | null, signal?: AbortSignal): Promise<PasswordVerdict> {
    const judge = async (at: number) => [await this.#judge(password, hash ?? ''), at] as const;
    const [verdict, startedAt] = await this.#work('verify', judge, signal);
    // Outside the gate: a refusal that waits keeps no other from being computed.
    if (!verdict.isMatch) await this.#pace.hold(startedAt);
    return verdict;
  }

  schemeOf(hash: string): string {
    return parseArgon2(hash, this.#options.parameters)?.scheme ?? this.#legacyFor(hash)?.scheme ?? unknownScheme;
  }

  async #judge(password: string, hash: string): Promise<PasswordVerdict> {
    const stored = parseArgon2(hash, this.#options.parameters);
    if (stored !== null && isAsCostly(stored, this.#options.parameters)) return await this.#judgeArgon2(password, stored);
    const verdict = stored === null ? await this.#judgeLegacy(password, hash) : await this.#judgeArgon2(password, stored);
    // A refusal costs one Argon2id of today at least: a quick answer would tell that there is an account, with an old hash.
    if (!verdict.isMatch) await this.#pace.time(null, () => this.#isMatch(password, this.#dummy));
    return verdict;
  }

  async #judgeArgon2(password: string, stored: StoredArgon2): Promise<PasswordVerdict> {
    const { scheme } = stored;
    const format = isAsCostly(stored, this.#options.parameters) ? null : scheme;
    const isMatch = await this.#pace.time(format, () => this.#isMatch(password, stored));
    return { isMatch, needsUpgrade: isWeaker(stored, this.#options.parameters), scheme };
  }

  async #isMatch(password: string, stored: StoredArgon2): Promise<boolean> {
    const digest = await this.#options.library.digest(password, { ...stored, digestBytes: stored.digest.length });
    return timingSafeEqual(digest, stored.digest);
  }

  async #judgeLegacy(password: string, hash: string): Promise<PasswordVerdict> {
    const legacy = this.#legacyFor(hash);
    if (legacy === undefined) return { isMatch: false, needsUpgrade: false, scheme: unknownScheme };
    const isMatch = await this.#pace.time(legacy.scheme, () => legacy.verify(password, hash));
    return { isMatch, needsUpgrade: !legacy.forgives(password), scheme: legacy.scheme };
  }

  #legacyFor(hash: string): LegacyPasswordVerifier | undefined {
    return this.#options.legacy.find((verifier) => verifier.understands(hash));
  }

  async #work<Result>(
    operation: 'hash' | 'verify',
    compute: (startedAt: number) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    return await this.#options.gate.run(async () => {
      const startedAt = performance.now();
      try {
        return await compute(startedAt);
      } finally {
        this.#options.metrics.passwordHashed(operation, (performance.now() - startedAt) / 1000);
      }
    }, signal);
  }
}
