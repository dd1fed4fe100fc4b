import type { Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';

export interface PrimaryGuardOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'limiterDegraded'>;
}

/** Interval between retries of a store that failed, in milliseconds. */
const retryMs = 1000;

/** Calls a store that may fail. After a failure it makes no call for a second; then a single call tries the store again. */
export class PrimaryGuard {
  readonly #options: PrimaryGuardOptions;
  #isDegraded = false;
  #isTrying = false;
  #failedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(options: PrimaryGuardOptions) {
    this.#options = options;
  }

  /** Returns whether the store failed at some time in the last `ms`. */
  hasFailedWithin(ms: number): boolean {
    return this.#options.clock.now() - this.#failedAt <= ms;
  }

  /** Returns null when the store failed or was not called. */
  async ask<Result>(call: () => Promise<Result>): Promise<Result | null> {
    const isTrial = this.#isDegraded;
    if (isTrial && (this.#isTrying || this.hasFailedWithin(retryMs - 1))) return null;
    if (isTrial) this.#isTrying = true;
    try {
      const result = await call();
      if (isTrial) this.#recover();
      return result;
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
