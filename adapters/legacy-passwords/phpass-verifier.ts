import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { isSame } from './is-same.js';
import type { SlowHashThreads } from './threads/slow-hash-threads.js';

export interface PhpassVerifierOptions {
  readonly threads: Pick<SlowHashThreads, 'compute'>;
}

/** Cost, salt, digest. */
const shape = /^\$[PH]\$([5-9A-I])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/;

/** The costs in order, from 2^7 rounds of MD5 (the min of the format) to 2^20: the max that takes no longer than a second. */
const costs = '56789ABCDEFGHI';
const minCost = 7;

/** The portable hashes of phpass: `$P$` (WordPress before 6.8 and many others) and `$H$` (phpBB). */
export class PhpassVerifier implements LegacyPasswordVerifier {
  readonly scheme = 'phpass';
  readonly #threads: PhpassVerifierOptions['threads'];

  constructor({ threads }: PhpassVerifierOptions) {
    this.#threads = threads;
  }

  understands(hash: string): boolean {
    return shape.test(hash);
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const [, cost, salt, digest] = shape.exec(hash) ?? [];
    if (cost === undefined || salt === undefined || digest === undefined) return false;
    const rounds = 2 ** (minCost + costs.indexOf(cost));
    return isSame(await this.#threads.compute({ kind: 'phpass', password, salt, rounds }), digest);
  }

  acceptsVariants(): boolean {
    return false;
  }
}
