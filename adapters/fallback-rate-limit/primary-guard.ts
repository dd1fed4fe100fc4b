import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';

export interface PrimaryGuardOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'limiterDegraded'>;
}

/** How often a store that failed is tried again. */
const retryMs = 1000;

/** Asks a store that may fail, and leaves it alone for a second after it did; then one question alone tries it again. */
export class PrimaryGuard {
  readonly #options: PrimaryGuardOptions;
  #isDegraded = false;
  #isTrying = false;
  #failedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(options: PrimaryGuardOptions) {
    this.#options = options;
  }

  /** Whether it did not work at some moment of the last `ms`. */
  hasFailedWithin(ms: number): boolean {
    return this.#options.clock.now() - this.#failedAt <= ms;
  }

  /** Null when it failed or was not asked. */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer | null> {
    const isTrial = this.#isDegraded;
    if (isTrial && (this.#isTrying || this.hasFailedWithin(retryMs - 1))) return null;
    if (isTrial) this.#isTrying = true;
    try {
      const answer = await question();
      if (isTrial) this.#recover();
      return answer;
    } catch (error) {
      this.#fail(error);
      return null;
    } finally {
      if (isTrial) this.#isTrying = false;
    }
  }

  #recover(): void {
    const { clock, logger, metrics } = this.#options;
    this.#failedAt = clock.now();
    this.#isDegraded = false;
    metrics.limiterDegraded(false);
    logger.info('rate limits are shared again');
  }

  #fail(error: unknown): void {
    const { clock, logger, metrics } = this.#options;
    this.#failedAt = clock.now();
    if (this.#isDegraded) return;
    this.#isDegraded = true;
    metrics.limiterDegraded(true);
    logger.warn('rate limits are kept by this process alone', { error });
  }
}
