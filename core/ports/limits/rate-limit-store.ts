import type { RateRule, RateVerdict } from '../../domain/limits/rate-rule.js';

/**
 * Exact sliding windows. In any window of `rule.windowSeconds`, all processes that share the store together allow at most `rule.limit`
 * requests of one subject, and none before the pause that `pauseSeconds` defines has passed. Refused requests are not counted. The store's
 * own clock decides.
 */
export interface RateLimitStore {
  /** Counts one request if there is room for it, in one atomic step. `subject` is a plain text without secrets. */
  take(rule: RateRule, subject: string): Promise<RateVerdict>;

  /** Takes back the newest request counted for the subject, when the rule turns out not to apply to it. */
  giveBack(rule: RateRule, subject: string): Promise<void>;
}
