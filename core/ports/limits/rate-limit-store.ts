import type { RateRule, RateVerdict } from '../../domain/limits/rate-rule.js';

/**
 * Exact sliding windows: in no window of `rule.windowSeconds` are more than `rule.limit` requests of one subject let through, by all
 * processes that share the store, and none before the pause that `pauseSeconds` names. Refused requests are not counted. Time is the
 * store's own.
 */
export interface RateLimitStore {
  /** Counts one request if there is room for it, in one atomic step. `subject` is a plain text without secrets. */
  take(rule: RateRule, subject: string): Promise<RateVerdict>;

  /** Takes back the newest request counted for the subject: it turned out not to be one that the rule is about. */
  giveBack(rule: RateRule, subject: string): Promise<void>;
}
