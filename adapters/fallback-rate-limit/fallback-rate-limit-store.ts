import type { RateRule, RateVerdict } from '../../core/domain/limits/rate-rule.js';
import type { Clock } from '../../core/ports/clock.js';
import type { RateLimitStore } from '../../core/ports/limits/rate-limit-store.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { PrimaryGuard } from './primary-guard.js';

export interface FallbackRateLimitStoreOptions {
  /** Shared by all processes; may fail. */
  readonly primary: RateLimitStore;
  /** Only for this process; never fails. */
  readonly substitute: RateLimitStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'limiterDegraded'>;
  /** Returns whether the shared store may have lost data in the last `ms`, even without a failed request. */
  readonly mayHaveForgotten?: (ms: number) => boolean;
}

/**
 * Applies the shared limits, or those of this process while the shared store is unavailable. Allowed requests are always counted in this
 * process too, and an outage is remembered for one window. So a process keeps the limit also when the shared store becomes unavailable,
 * when it comes back empty, and all the time with a store that may lose data. A limit always applies.
 */
export class FallbackRateLimitStore implements RateLimitStore {
  readonly #primary: RateLimitStore;
  readonly #substitute: RateLimitStore;
  readonly #guard: PrimaryGuard;
  readonly #mayHaveForgotten: (ms: number) => boolean;

  constructor({ primary, substitute, clock, logger, metrics, mayHaveForgotten = () => false }: FallbackRateLimitStoreOptions) {
    this.#primary = primary;
    this.#mayHaveForgotten = mayHaveForgotten;
    this.#substitute = substitute;
    this.#guard = new PrimaryGuard({ clock, logger, metrics });
  }

  async take(rule: RateRule, subject: string): Promise<RateVerdict> {
    const own = await this.#substitute.take(rule, subject);
    const shared = await this.#guard.ask(() => this.#primary.take(rule, subject));
    if (shared === null) return own;
    if (own.isAllowed && !shared.isAllowed) await this.#substitute.giveBack(rule, subject);
    if (own.isAllowed || !shared.isAllowed || !this.#isDoubtful(rule.windowSeconds * 1000)) return shared;
    await this.#guard.ask(() => this.#primary.giveBack(rule, subject));
    return own;
  }

  async giveBack(rule: RateRule, subject: string): Promise<void> {
    await this.#substitute.giveBack(rule, subject);
    await this.#guard.ask(() => this.#primary.giveBack(rule, subject));
  }

  #isDoubtful(ms: number): boolean {
    return this.#guard.hasFailedWithin(ms) || this.#mayHaveForgotten(ms);
  }
}
