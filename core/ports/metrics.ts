import type { ErrorCode } from '../domain/error-code.js';
import type { RatePolicyName } from '../domain/rate-rule.js';

/** One answered HTTP request. `route` is the template or `unknown`, never the path as it came. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is counted. A closed list, so that no label can grow without bound. */
export interface Metrics {
  requestServed(request: ServedRequest): void;
  loginJudged(outcome: 'success' | ErrorCode): void;
  refreshJudged(outcome: 'rotated' | 'repeated' | ErrorCode): void;
  passwordHashed(operation: 'hash' | 'verify', seconds: number): void;
  hashQueueChanged(running: number, waiting: number): void;
  rateJudged(policy: RatePolicyName, decision: 'allowed' | 'refused'): void;
  /** True while limits are kept by each process on its own. */
  limiterDegraded(isDegraded: boolean): void;
  auditLost(): void;
  /** Everything counted, as Prometheus reads it. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}
