import { AuthError } from '../../../core/domain/auth-error.js';
import { rateSubject } from '../../../core/domain/limits/client-address.js';
import type { Clock } from '../../../core/ports/clock.js';

/** Limit for one address in one window: about twenty loads of a documentation page without cache or compression. */
export const bytesPerWindow = 32 * 1024 * 1024;
/** The cost of a request in addition to the bytes of its file, so that 304 responses are limited as well. */
const bytesPerRequest = 8 * 1024;
const windowMs = 60_000;
/** Max number of addresses. Addresses beyond it count as one. */
const maxAddresses = 10_000;
const otherAddresses = 'other';

/**
 * Limits the bytes that one address makes this process send for files that no other limit counts: the documentation. Counts in this process
 * and by the minute of the clock, so that it costs no round trip.
 */
export class FileBudget {
  readonly #clock: Clock;
  readonly #spent = new Map<string, number>();
  #windowEndsAt = 0;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /** @throws AuthError `rate_limited` when the address has used up its window */
  spend(ip: string, bytes: number): void {
    const now = this.#clock.now();
    const windowEndsAt = (Math.floor(now / windowMs) + 1) * windowMs;
    if (windowEndsAt !== this.#windowEndsAt) this.#spent.clear();
    this.#windowEndsAt = windowEndsAt;
    const subject = rateSubject(ip);
    const key = this.#spent.has(subject) || this.#spent.size < maxAddresses ? subject : otherAddresses;
    const spent = this.#spent.get(key) ?? 0;
    if (spent >= bytesPerWindow) throw new AuthError('rate_limited', { retryAfterSeconds: (windowEndsAt - now) / 1000 });
    this.#spent.set(key, spent + bytesPerRequest + bytes);
  }
}
