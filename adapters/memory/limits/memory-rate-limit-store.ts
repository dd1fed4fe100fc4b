import type { Instant } from '../../../core/domain/instant.js';
import { pauseSeconds, type RatePolicyName, type RateRule, type RateVerdict } from '../../../core/domain/limits/rate-rule.js';
import type { Clock } from '../../../core/ports/clock.js';
import type { RateLimitStore } from '../../../core/ports/limits/rate-limit-store.js';
import { RateWindows } from './rate-windows.js';
import { SlidingWindow } from './sliding-window.js';

export interface MemoryRateLimitStoreOptions {
  readonly clock: Clock;
  /** Max memory for the subjects of one rule. Beyond it, the subjects whose last allowed request is oldest are removed first. */
  readonly maxBytesPerRule?: number;
}

/**
 * How far in the future an instant may be, in milliseconds, since clocks are corrected by some seconds. The Redis store uses the same
 * limit.
 */
const aheadMs = 10_000;

/**
 * The limits of one process, exact, without I/O. Production uses it too: where there is no Redis, and as the fallback beside Redis. Memory
 * is limited: idle subjects are removed as new ones arrive.
 */
export class MemoryRateLimitStore implements RateLimitStore {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #rules = new Map<RatePolicyName, RateWindows>();

  constructor({ clock, maxBytesPerRule = 16 * 1024 * 1024 }: MemoryRateLimitStoreOptions) {
    this.#clock = clock;
    this.#maxBytes = maxBytesPerRule;
  }

  /** Number of subjects that are stored. */
  get size(): number {
    return [...this.#rules.values()].reduce((sum, windows) => sum + windows.size, 0);
  }

  /** Heap bytes of the subjects. */
  get bytes(): number {
    return [...this.#rules.values()].reduce((sum, windows) => sum + windows.bytes, 0);
  }

  async take(rule: RateRule, subject: string): Promise<RateVerdict> {
    const now = this.#clock.now();
    const windows = this.#windowsOf(rule);
    windows.forgetIdle(now - rule.windowSeconds * 1000);
    const known = windows.get(subject);
    const window = known === undefined || isAhead(known, now) ? new SlidingWindow() : known;
    window.slideTo(now - rule.windowSeconds * 1000);
    const isAllowed = window.total < rule.limit && now >= opensAt(rule, window);
    const isFirstRefusal = !isAllowed && !window.hasRefused;
    window.hasRefused = !isAllowed;
    if (isAllowed) {
      window.add(now);
      windows.keep(subject, window, now);
    }
    const isPaused = now < opensAt(rule, window);
    return {
      rule,
      isAllowed,
      remaining: isPaused ? 0 : Math.max(0, rule.limit - window.total),
      resetSeconds: resetSeconds(rule, window, now),
      isFirstRefusal,
    };
  }

  async giveBack(rule: RateRule, subject: string): Promise<void> {
    const windows = this.#windowsOf(rule);
    const window = windows.get(subject);
    window?.removeNewest();
    if (window?.total === 0) windows.delete(subject);
  }

  #windowsOf(rule: RateRule): RateWindows {
    const known = this.#rules.get(rule.name);
    if (known !== undefined) return known;
    const windows = new RateWindows({ maxBytes: this.#maxBytes });
    this.#rules.set(rule.name, windows);
    return windows;
  }
}

/**
 * True when the clock was set back since the newest instant: without this check the window would refuse its subject until the clock reaches
 * that instant again.
 */
const isAhead = ({ newest }: SlidingWindow, now: Instant): boolean => newest !== null && newest > now + aheadMs;

/** Returns when the pause after the newest instant ends. A full window has no pause. */
function opensAt(rule: RateRule, { newest, total }: SlidingWindow): Instant {
  return newest === null || total >= rule.limit ? 0 : newest + pauseSeconds(rule, total) * 1000;
}

function resetSeconds(rule: RateRule, window: SlidingWindow, now: Instant): number {
  if (window.oldest === null) return rule.windowSeconds;
  const pauseEndsAt = opensAt(rule, window);
  const roomAt = now < pauseEndsAt ? pauseEndsAt : window.oldest + rule.windowSeconds * 1000;
  return Math.max(1, Math.ceil((roomAt - now) / 1000));
}
