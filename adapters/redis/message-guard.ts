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
 * Signs the data that a process writes to Redis, and verifies the data that it reads: other software may write to Redis, so no message is
 * trusted unless it verifies. Rejected messages are counted, and logged at most once a minute for each kind, without their content.
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

  /** Returns the instant `ms` from now. */
  after(ms: number): Instant {
    return this.#options.clock.now() + ms;
  }

  hasPassed(at: Instant): boolean {
    return at < this.#options.clock.now() - clockSkewMs;
  }

  /** Returns whether an event may have happened at `at`: not in the future, and where `maxAgeMs` is given, not longer ago than that. */
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
