/** How a refusal is put into HTTP and into words. The texts hold nothing of any request: ASCII without quotes, so that header fields may repeat them. */
export interface ProblemEntry {
  readonly status: number;
  /** The same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
  /** One or two sentences on what happened. */
  readonly detail: string;
  /** For the page of the problem: what an app should do. */
  readonly advice: string;
  /** Seconds for `Retry-After` where the refusal itself names none. */
  readonly retryAfterSeconds?: number;
}
