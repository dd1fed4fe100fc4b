import type { Instant } from '../instant.js';

/**
 * The named limits. `login`, `register` and `api` count by client address. `account` counts failed logins of an account: all unknown
 * devices together, and each known device by itself.
 */
export type RatePolicyName = 'login' | 'register' | 'api' | 'account';

/** At most `limit` requests are allowed in any window of `windowSeconds`. */
export interface RateRule {
  readonly name: RatePolicyName;
  readonly limit: number;
  readonly windowSeconds: number;
  /**
   * When the window holds this many requests, the next one must wait, each time longer: see `pauseSeconds`. Absent: no pause before the
   * limit.
   */
  readonly pausesFrom?: number;
}

export type RateRules = { readonly [Name in RatePolicyName]: RateRule };

/** The judgement of a limiter on one request. */
export interface RateVerdict {
  readonly rule: RateRule;
  readonly isAllowed: boolean;
  /** Number of further requests that would be allowed now. */
  readonly remaining: number;
  /** Whole seconds, rounded up, until there is more room: a pause ends, or the oldest counted request leaves the window. */
  readonly resetSeconds: number;
  /** True for the first refusal after an allowed request: only this one is audited. */
  readonly isFirstRefusal: boolean;
}

/** Max length of the growing pauses, in seconds. */
export const longestPauseSeconds = 60;

/** Returns the seconds that must pass after the newest of `count` requests in the window before the next is allowed: 1, 2, 4, … */
export function pauseSeconds({ pausesFrom }: RateRule, count: number): number {
  return pausesFrom === undefined || count < pausesFrom ? 0 : Math.min(2 ** (count - pausesFrom), longestPauseSeconds);
}

/**
 * The rule of a sliding window: returns the instants of allowed requests, oldest first, without those that have left the window at `now`.
 */
export function withinWindow(instants: readonly Instant[], rule: RateRule, now: Instant): readonly Instant[] {
  const opensAt = now - rule.windowSeconds * 1000;
  return instants.filter((instant) => instant > opensAt);
}
