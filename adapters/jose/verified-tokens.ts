import type { AccessClaims } from '../../core/ports/token-issuer.js';

/** The claims of tokens whose signature was checked before, by the whole token. Bounded: the oldest makes room. */
export class VerifiedTokens {
  readonly #capacity: number;
  readonly #claims = new Map<string, AccessClaims>();

  constructor(options: { readonly capacity: number }) {
    this.#capacity = options.capacity;
  }

  get size(): number {
    return this.#claims.size;
  }

  get(token: string): AccessClaims | null {
    return this.#claims.get(token) ?? null;
  }

  add(token: string, claims: AccessClaims): void {
    this.#claims.set(token, claims);
    if (this.#claims.size <= this.#capacity) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#claims.delete(oldest);
  }

  delete(token: string): void {
    this.#claims.delete(token);
  }
}
