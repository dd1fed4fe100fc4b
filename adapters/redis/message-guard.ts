import { clockSkewMs, type Instant } from '../../core/domain/instant.js';
import type { Clock } from '../../core/ports/clock.js';
import type { MessageMac, MessagePurpose } from '../../core/ports/message-mac.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';

export interface MessageGuardOptions {
  readonly mac: MessageMac;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'redisMessageRejected'>;
  readonly logger: Logger;
}

const warnEveryMs = 60_000;

/**
 * Signs what a process leaves in Redis and judges what it finds there: other software may write Redis, so that no message is believed
 * that does not verify. What is rejected is counted, and logged at most once a minute and kind, without its content.
 */
export class MessageGuard {
  readonly #options: MessageGuardOptions;
  readonly #warnedAt = new Map<MessagePurpose, number>();

  constructor(options: MessageGuardOptions) {
    this.#options = options;
  }

  sign(purpose: MessagePurpose, text: string): string {
    return this.#options.mac.compute(purpose, text);
  }

  isGenuine(purpose: MessagePurpose, text: string, mac: string): boolean {
    return this.#options.mac.verify(purpose, text, mac);
  }

  /** `ms` from now. */
  after(ms: number): Instant {
    return this.#options.clock.now() + ms;
  }

  hasPassed(at: Instant): boolean {
    return at < this.#options.clock.now() - clockSkewMs;
  }

  /** Whether something may have happened at `at`: by now, and where `maxAgeMs` is given, not longer ago than that. */
  isTimely(at: Instant, maxAgeMs = Number.POSITIVE_INFINITY): boolean {
    const now = this.#options.clock.now();
    return Number.isSafeInteger(at) && at <= now + clockSkewMs && at >= now - maxAgeMs - clockSkewMs;
  }

  reject(purpose: MessagePurpose): void {
    const { metrics, logger } = this.#options;
    metrics.redisMessageRejected(purpose);
    const now = performance.now();
    if (now - (this.#warnedAt.get(purpose) ?? Number.NEGATIVE_INFINITY) < warnEveryMs) return;
    this.#warnedAt.set(purpose, now);
    logger.warn('a message in redis was rejected: no process of this version with this secret wrote it', { kind: purpose });
  }
}
