import type { Instant } from './instant.js';

/** The named limits: `login` and `api` per client address, `account` for failed logins of one account. */
export type RatePolicyName = 'login' | 'api' | 'account';

/** In no window of `windowSeconds` are more than `limit` let through. */
export interface RateRule {
  readonly name: RatePolicyName;
  readonly limit: number;
  readonly windowSeconds: number;
}

export type RateRules = { readonly [Name in RatePolicyName]: RateRule };

/** What a limiter says of one request (draft-ietf-httpapi-ratelimit-headers). */
export interface RateVerdict {
  readonly rule: RateRule;
  readonly isAllowed: boolean;
  /** How many more would be let through now. */
  readonly remaining: number;
  /** Whole seconds, rounded up, until the oldest counted request leaves the window: when more room appears. */
  readonly resetSeconds: number;
  /** True for a refusal that is the first since something was let through: the one worth an audit row. */
  readonly isFirstRefusal: boolean;
}

/** Pure heart of a sliding window: the instants let through, oldest first, without those that left the window at `now`. */
export function withinWindow(instants: readonly Instant[], rule: RateRule, now: Instant): readonly Instant[] {
  const opensAt = now - rule.windowSeconds * 1000;
  return instants.filter((instant) => instant > opensAt);
}
