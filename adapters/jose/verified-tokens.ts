import type { AccessClaims } from '../../core/ports/sessions/token-issuer.js';

/** Heap bytes of an entry without its token, rounded up. */
const overheadBytes = 640;

const bytesOf = (token: string): number => overheadBytes + token.length;

/** The claims of tokens whose signature was verified before, by the whole token. Limited in bytes: the oldest entry is removed first. */
export class VerifiedTokens {
  readonly #maxBytes: number;
  readonly #claims = new Map<string, AccessClaims>();
  #bytes = 0;

  constructor(options: { readonly maxBytes: number }) {
    this.#maxBytes = options.maxBytes;
  }

  get size(): number {
    return this.#claims.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(token: string): AccessClaims | null {
    return this.#claims.get(token) ?? null;
  }

  add(token: string, claims: AccessClaims): void {
    this.delete(token);
    this.#claims.set(token, claims);
    this.#bytes += bytesOf(token);
    for (const oldest of this.#claims.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(token: string): void {
    if (this.#claims.delete(token)) this.#bytes -= bytesOf(token);
  }
}
