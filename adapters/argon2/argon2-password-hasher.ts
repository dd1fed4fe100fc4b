import { randomBytes, timingSafeEqual } from 'node:crypto';
import { normalPassword, passwordForms } from '../../core/domain/passwords/password-policy.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import type { PasswordHasher, PasswordVerdict } from '../../core/ports/passwords/password-hasher.js';
import {
  type Argon2Parameters,
  argon2OfToday,
  formatArgon2id,
  isAsCostly,
  isWeaker,
  parseArgon2,
  type StoredArgon2,
} from './argon2-parameters.js';
import type { HashQueue, HashTurn } from './hash-queue.js';
import { ResponseTimeEqualizer } from './response-time-equalizer.js';
import type { Argon2Threads } from './threads/argon2-threads.js';

export interface Argon2PasswordHasherOptions {
  /** One for each place of the queue. */
  readonly threads: Pick<Argon2Threads, 'compute'>;
  /** What new hashes cost. */
  readonly parameters: Argon2Parameters;
  readonly queue: HashQueue;
  /** The older formats that still log in; the first that understands a hash judges it. */
  readonly legacy: readonly LegacyPasswordVerifier[];
  readonly metrics: Pick<Metrics, 'passwordHashed'>;
}

/** What can be known of a hash before its password is. */
interface StoredHash {
  readonly scheme: string;
  /** The format under which the time of its check is remembered: null for hashes that cost what new hashes cost. */
  readonly format: string | null;
  check(password: string, place: number): Promise<Checked>;
}

interface Checked extends Pick<PasswordVerdict, 'isMatch' | 'needsUpgrade'> {
  /** What it took, without any wait for a place. */
  readonly ms: number;
}

interface Judgement extends PasswordVerdict, Checked {}

/** RFC 9106 §4. */
const saltBytes = 16;
const digestBytes = 32;
const unknownScheme = 'unknown';

/** Argon2id for new passwords; Argon2i/d/id, and whatever `legacy` understands, for those that exist. */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #options: Argon2PasswordHasherOptions;
  /** Has the parameters of today and belongs to no account. */
  readonly #dummy: StoredArgon2;
  readonly #pace = new ResponseTimeEqualizer();

  constructor(options: Argon2PasswordHasherOptions) {
    this.#options = options;
    const [salt, digest] = [randomBytes(saltBytes), randomBytes(digestBytes)];
    this.#dummy = { ...argon2OfToday, ...options.parameters, salt, digest };
  }

  admit<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#options.queue.admit(work);
  }

  async hash(password: string): Promise<string> {
    const { threads, parameters } = this.#options;
    const salt = randomBytes(saltBytes);
    const task = { ...argon2OfToday, ...parameters, salt, digestBytes };
    const { digest } = await this.#work('hash', (place) => threads.compute(place, normalPassword(password), task), { isUsual: true });
    return formatArgon2id(parameters, salt, Buffer.from(digest));
  }

  async verify(password: string, hash: string | null, signal?: AbortSignal): Promise<PasswordVerdict> {
    const stored = this.#read(hash ?? '');
    const [normal, asTyped] = passwordForms(password);
    const verdict = await this.#verifyForm(normal, stored, signal);
    return verdict.isMatch || asTyped === undefined ? verdict : await this.#verifyForm(asTyped, stored, signal);
  }

  schemeOf(hash: string): string {
    return this.#read(hash).scheme;
  }

  /** A form that is refused takes the time of a refusal: how long all of them take depends on the password alone. */
  async #verifyForm(form: string, stored: StoredHash, signal?: AbortSignal): Promise<PasswordVerdict> {
    const { ms, ...verdict } = await this.#work('verify', (place) => this.#judge(form, stored, place), {
      isUsual: stored.format === null,
      signal,
    });
    // Outside the queue: a refusal that waits occupies no place.
    if (!verdict.isMatch) await this.#pace.hold(ms);
    return verdict;
  }

  #read(hash: string): StoredHash {
    const argon2 = parseArgon2(hash, this.#options.parameters);
    if (argon2 !== null) {
      const { scheme } = argon2;
      const format = isAsCostly(argon2, this.#options.parameters) ? null : scheme;
      return { scheme, format, check: (password, place) => this.#checkArgon2(password, argon2, place) };
    }
    const legacy = this.#options.legacy.find((verifier) => verifier.understands(hash));
    if (legacy !== undefined)
      return { scheme: legacy.scheme, format: legacy.scheme, check: (password) => checkLegacy(password, hash, legacy) };
    return { scheme: unknownScheme, format: null, check: (password, place) => this.#checkArgon2(password, this.#dummy, place) };
  }

  async #judge(password: string, { scheme, format, check }: StoredHash, place: number): Promise<Judgement> {
    const checked = await check(password, place);
    this.#pace.note(format, checked.ms);
    if (checked.isMatch || format === null) return { ...checked, scheme };
    // A refusal costs at least one Argon2id hash of today: a quick response would show that the account exists and has an old hash.
    const nobody = await this.#checkArgon2(password, this.#dummy, place);
    this.#pace.note(null, nobody.ms);
    return { ...checked, scheme, ms: checked.ms + nobody.ms };
  }

  async #checkArgon2(password: string, stored: StoredArgon2, place: number): Promise<Checked> {
    const { digest, ms } = await this.#options.threads.compute(place, password, { ...stored, digestBytes: stored.digest.length });
    const needsUpgrade = isWeaker(stored, this.#options.parameters) || password !== normalPassword(password);
    return { isMatch: timingSafeEqual(digest, stored.digest), needsUpgrade, ms };
  }

  async #work<Result extends { readonly ms: number }>(
    operation: 'hash' | 'verify',
    compute: (place: number) => Promise<Result>,
    turn: HashTurn,
  ): Promise<Result> {
    const result = await this.#options.queue.run(compute, turn);
    this.#options.metrics.passwordHashed(operation, result.ms / 1000);
    return result;
  }
}

async function checkLegacy(password: string, hash: string, legacy: LegacyPasswordVerifier): Promise<Checked> {
  const startedAt = performance.now();
  const isMatch = await legacy.verify(password, hash);
  return { isMatch, needsUpgrade: !legacy.acceptsVariants(password), ms: performance.now() - startedAt };
}
