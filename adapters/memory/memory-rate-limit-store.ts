import type { Instant } from '../../core/domain/instant.js';
import { pauseSeconds, type RatePolicyName, type RateRule, type RateVerdict } from '../../core/domain/rate-rule.js';
import type { Clock } from '../../core/ports/clock.js';
import type { RateLimitStore } from '../../core/ports/rate-limit-store.js';
import { SlidingWindow } from './sliding-window.js';

export interface MemoryRateLimitStoreOptions {
  readonly clock: Clock;
  /** How many subjects are remembered per rule; of more, the one let through longest ago is forgotten. */
  readonly maxSubjects?: number;
}

/** How many idle subjects one call looks at: more than one, so that they leave faster than they come. */
const sweep = 4;

/**
 * The limits of one process, exact, without I/O. Also serves in production: where there is no Redis, and beside it. Memory is
 * bounded: subjects out of their window are forgotten as others come.
 */
export class MemoryRateLimitStore implements RateLimitStore {
  readonly #clock: Clock;
  readonly #maxSubjects: number;
  /** For each rule the windows by subject, the one let through longest ago first. */
  readonly #rules = new Map<RatePolicyName, Map<string, SlidingWindow>>();

  constructor({ clock, maxSubjects = 100_000 }: MemoryRateLimitStoreOptions) {
    this.#clock = clock;
    this.#maxSubjects = maxSubjects;
  }

  /** How many subjects are remembered. */
  get size(): number {
    return [...this.#rules.values()].reduce((sum, windows) => sum + windows.size, 0);
  }

  async take(rule: RateRule, subject: string): Promise<RateVerdict> {
    const now = this.#clock.now();
    const windows = this.#windowsOf(rule);
    this.#forgetIdle(windows, now - rule.windowSeconds * 1000);
    const window = windows.get(subject) ?? new SlidingWindow();
    window.slideTo(now - rule.windowSeconds * 1000);
    const isAllowed = window.total < rule.limit && now >= opensAt(rule, window);
    const isFirstRefusal = !isAllowed && !window.hasRefused;
    window.hasRefused = !isAllowed;
    if (isAllowed) {
      window.add(now);
      putLast(windows, subject, window);
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

  #windowsOf(rule: RateRule): Map<string, SlidingWindow> {
    const known = this.#rules.get(rule.name);
    if (known !== undefined) return known;
    const windows = new Map<string, SlidingWindow>();
    this.#rules.set(rule.name, windows);
    return windows;
  }

  #forgetIdle(windows: Map<string, SlidingWindow>, opensAt: Instant): void {
    let looks = sweep;
    for (const [subject, window] of windows) {
      window.slideTo(opensAt);
      if (window.total > 0 && windows.size <= this.#maxSubjects) return;
      windows.delete(subject);
      looks -= 1;
      if (looks === 0) return;
    }
  }
}

function putLast(windows: Map<string, SlidingWindow>, subject: string, window: SlidingWindow): void {
  windows.delete(subject);
  windows.set(subject, window);
}

/** When the pause is over that follows the newest; of a window that is full there is none. */
function opensAt(rule: RateRule, { newest, total }: SlidingWindow): Instant {
  return newest === null || total >= rule.limit ? 0 : newest + pauseSeconds(rule, total) * 1000;
}

function resetSeconds(rule: RateRule, window: SlidingWindow, now: Instant): number {
  if (window.oldest === null) return rule.windowSeconds;
  const pauseEndsAt = opensAt(rule, window);
  const roomAt = now < pauseEndsAt ? pauseEndsAt : window.oldest + rule.windowSeconds * 1000;
  return Math.max(1, Math.ceil((roomAt - now) / 1000));
}
