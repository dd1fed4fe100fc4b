/**
 * The HTTP status and the texts of a refusal. The texts contain nothing from a request: ASCII without quotes, so that headers may repeat
 * them.
 */
export interface ProblemEntry {
  readonly status: number;
  /** The same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
  /** One or two sentences about the cause. */
  readonly detail: string;
  /** For the page of the problem: what an app should do. */
  readonly advice: string;
  /** Seconds for `Retry-After` where the refusal itself has none. */
  readonly retryAfterSeconds?: number;
}
