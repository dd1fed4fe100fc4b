import { AuthError } from '../../../core/domain/auth-error.js';
import { rateSubject } from '../../../core/domain/limits/client-address.js';
import type { Clock } from '../../../core/ports/clock.js';

/** Of one address within one window: some twenty loads of a documentation page that nothing was kept of and nothing compressed. */
export const bytesPerWindow = 32 * 1024 * 1024;
/** What a request costs beside the bytes of its file: 304 answers have a bound as well. */
const bytesPerRequest = 8 * 1024;
const windowMs = 60_000;
/** Of more addresses than these, the newest are counted as one. */
const maxAddresses = 10_000;
const otherAddresses = 'other';

/**
 * Bounds what an address makes this process send of files that no other limit counts: the documentation. Counted for this process and by
 * the minute of the clock, so that it costs no round trip.
 */
export class FileBudget {
  readonly #clock: Clock;
  readonly #spent = new Map<string, number>();
  #windowEndsAt = 0;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /** @throws AuthError `rate_limited` once the address has used up its window */
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
