import { AuthError } from '../../../core/domain/auth-error.js';
import type { RateRule } from '../../../core/domain/limits/rate-rule.js';
import type { RateLimitStore } from '../../../core/ports/limits/rate-limit-store.js';

/** A store that fails on request. */
export class BreakableStore implements RateLimitStore {
  readonly #store: RateLimitStore;
  isBroken = false;
  calls = 0;

  constructor(options: { readonly store: RateLimitStore }) {
    this.#store = options.store;
  }

  async take(rule: RateRule, subject: string) {
    this.#fail();
    return await this.#store.take(rule, subject);
  }

  async giveBack(rule: RateRule, subject: string) {
    this.#fail();
    await this.#store.giveBack(rule, subject);
  }

  #fail(): void {
    this.calls += 1;
    if (this.isBroken) throw new AuthError('dependency_unavailable');
  }
}
