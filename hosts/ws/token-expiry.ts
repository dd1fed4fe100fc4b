import { type Instant, secondsUntil } from '../../core/domain/instant.js';
import type { Random } from '../../core/ports/random.js';
import { expiryNoticeAt } from './expiry-notice.js';
import type { WsLimits } from './ws-limits.js';

export interface TokenExpiryOptions {
  readonly random: Random;
  readonly limits: Pick<WsLimits, 'expiryNoticeMinMs' | 'expiryNoticeMaxMs'>;
}

/** What is due at an instant: the close, or the notice with the seconds that are left. */
export type ExpiryStep = { readonly kind: 'close' } | { readonly kind: 'notice'; readonly expiresIn: number };

/** When the token of a connection expires, and when the client is notified of that: once for each token. */
export class TokenExpiry {
  readonly #options: TokenExpiryOptions;
  #expiresAt: Instant;
  #noticeAt: Instant;

  constructor(expiresAt: Instant, options: TokenExpiryOptions) {
    this.#options = options;
    this.#expiresAt = expiresAt;
    this.#noticeAt = expiryNoticeAt(expiresAt, options.random, options.limits);
  }

  /** The client has presented another token. */
  renew(expiresAt: Instant): void {
    this.#expiresAt = expiresAt;
    this.#noticeAt = expiryNoticeAt(expiresAt, this.#options.random, this.#options.limits);
  }

  /** Null while nothing is due. */
  due(now: Instant): ExpiryStep | null {
    if (now >= this.#expiresAt) return { kind: 'close' };
    if (now < this.#noticeAt) return null;
    this.#noticeAt = Number.POSITIVE_INFINITY;
    return { kind: 'notice', expiresIn: secondsUntil(this.#expiresAt, now) };
  }
}
