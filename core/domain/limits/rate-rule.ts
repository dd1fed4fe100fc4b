import type { Instant } from '../instant.js';

/**
 * The named limits: `login`, `register` and `api` per client address, `account` for failed logins of an account: of all its unknown
 * devices together, and of each known one by itself.
 */
export type RatePolicyName = 'login' | 'register' | 'api' | 'account';

/** In no window of `windowSeconds` are more than `limit` let through. */
export interface RateRule {
  readonly name: RatePolicyName;
  readonly limit: number;
  readonly windowSeconds: number;
  /** From so many in the window on, the next one must wait, each time longer: see `pauseSeconds`. Absent: until the limit nobody waits. */
  readonly pausesFrom?: number;
}

export type RateRules = { readonly [Name in RatePolicyName]: RateRule };

/** The judgement of a limiter on one request. */
export interface RateVerdict {
  readonly rule: RateRule;
  readonly isAllowed: boolean;
  /** How many more would be let through now. */
  readonly remaining: number;
  /** Whole seconds, rounded up, until more room appears: a pause is over, or the oldest counted request leaves the window. */
  readonly resetSeconds: number;
  /** True for a refusal that is the first since something was let through: the one worth an audit row. */
  readonly isFirstRefusal: boolean;
}

/** Longest of the growing pauses, in seconds. */
export const longestPauseSeconds = 60;

/** Seconds that must pass since the newest of `count` in the window before another is let through: 1, 2, 4, … */
export function pauseSeconds({ pausesFrom }: RateRule, count: number): number {
  return pausesFrom === undefined || count < pausesFrom ? 0 : Math.min(2 ** (count - pausesFrom), longestPauseSeconds);
}

/** Pure heart of a sliding window: the instants let through, oldest first, without those that left the window at `now`. */
export function withinWindow(instants: readonly Instant[], rule: RateRule, now: Instant): readonly Instant[] {
  const opensAt = now - rule.windowSeconds * 1000;
  return instants.filter((instant) => instant > opensAt);
}
