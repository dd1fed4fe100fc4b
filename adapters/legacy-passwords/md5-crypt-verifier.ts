import type { LegacyPasswordVerifier } from '../../core/ports/passwords/legacy-password-verifier.js';
import { isSame } from './is-same.js';
import type { SlowHashThreads } from './threads/slow-hash-threads.js';

export interface Md5CryptVerifierOptions {
  readonly threads: Pick<SlowHashThreads, 'compute'>;
}

/** Salt (printable ASCII, at most 8 letters), digest. */
const shape = /^(?:\$1\$|\$apr1\$)([!-#%-9;-~]{0,8})\$([./0-9A-Za-z]{22})$/;

/** MD5-crypt: `$1$` of Unix and `$apr1$` of Apache. Always 1,000 rounds: no parameter in the hash makes it slower. */
export class Md5CryptVerifier implements LegacyPasswordVerifier {
  readonly scheme = 'md5-crypt';
  readonly #threads: Md5CryptVerifierOptions['threads'];

  constructor({ threads }: Md5CryptVerifierOptions) {
    this.#threads = threads;
  }

  understands(hash: string): boolean {
    return shape.test(hash);
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const [, salt, digest] = shape.exec(hash) ?? [];
    if (salt === undefined || digest === undefined) return false;
    const prefix = hash.startsWith('$1$') ? '$1$' : '$apr1$';
    return isSame(await this.#threads.compute({ kind: 'md5-crypt', password, prefix, salt }), digest);
  }

  acceptsVariants(): boolean {
    return false;
  }
}
