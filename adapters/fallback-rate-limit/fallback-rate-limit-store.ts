import type { RateRule, RateVerdict } from '../../core/domain/limits/rate-rule.js';
import type { Clock } from '../../core/ports/clock.js';
import type { RateLimitStore } from '../../core/ports/limits/rate-limit-store.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { PrimaryGuard } from './primary-guard.js';

export interface FallbackRateLimitStoreOptions {
  /** Shared by all processes; may fail. */
  readonly primary: RateLimitStore;
  /** This process's own; never fails. */
  readonly substitute: RateLimitStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'limiterDegraded'>;
  /** Whether the shared store may have forgotten something in the last `ms`, without a request having failed. */
  readonly mayHaveForgotten?: (ms: number) => boolean;
}

/**
 * The shared limits, or those of this process while the shared ones cannot be had. What is let through is counted here all along, and
 * an outage is remembered for a window, so that a process keeps the limit also over the moments when the shared store is lost and
 * when it comes back empty, and all the time with a store that may forget. Never without a limit.
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
