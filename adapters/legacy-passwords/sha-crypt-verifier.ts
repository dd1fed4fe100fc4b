import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { isSame } from './is-same.js';
import type { SlowHashThreads } from './threads/slow-hash-threads.js';

export interface ShaCryptVerifierOptions {
  readonly algorithm: 'sha256' | 'sha512';
  readonly threads: Pick<SlowHashThreads, 'compute'>;
}

/** Rounds, salt (printable ASCII, at most 16 letters), digest. No hash has fewer than 1,000 rounds: crypt(3) raises a lower number. */
const shapes = {
  sha256: /^\$5\$(?:rounds=([1-9]\d{3,5})\$)?([!-#%-9;-~]{0,16})\$([./0-9A-Za-z]{43})$/,
  sha512: /^\$6\$(?:rounds=([1-9]\d{3,5})\$)?([!-#%-9;-~]{0,16})\$([./0-9A-Za-z]{86})$/,
};

const defaultRounds = 5000;
/** At least half a second of work. The highest default of a known library is passlib's, 656,000. */
const maxRounds = 700_000;

/** SHA-256-crypt (`$5$`) or SHA-512-crypt (`$6$`). */
export class ShaCryptVerifier implements LegacyPasswordVerifier {
  readonly scheme: string;
  readonly #options: ShaCryptVerifierOptions;

  constructor(options: ShaCryptVerifierOptions) {
    this.#options = options;
    this.scheme = `${options.algorithm}-crypt`;
  }

  understands(hash: string): boolean {
    return this.#parse(hash) !== null;
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const stored = this.#parse(hash);
    if (stored === null) return false;
    const { algorithm, threads } = this.#options;
    const { salt, rounds, digest } = stored;
    return isSame(await threads.compute({ kind: 'sha-crypt', algorithm, password, salt, rounds }), digest);
  }

  acceptsVariants(): boolean {
    return false;
  }

  #parse(hash: string): { readonly salt: string; readonly rounds: number; readonly digest: string } | null {
    const [, count, salt, digest] = shapes[this.#options.algorithm].exec(hash) ?? [];
    const rounds = Number(count ?? defaultRounds);
    if (salt === undefined || digest === undefined || rounds > maxRounds) return null;
    return { salt, rounds, digest };
  }
}
