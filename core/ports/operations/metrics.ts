import type { ErrorCode } from '../../domain/error-code.js';
import type { Instant } from '../../domain/instant.js';
import type { RatePolicyName } from '../../domain/limits/rate-rule.js';
import type { LiveMetrics } from '../live/live-metrics.js';
import type { MessagePurpose } from '../message-mac.js';

/** One answered HTTP request. `route` is the template or `unknown`, never the path as it came. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What became of a refresh: handed out, or why not. */
export type RefreshOutcome = 'rotated' | 'repeated' | 'reused' | 'expired' | 'revoked' | 'unknown' | 'malformed' | 'account_disabled';

/** The newest seal over the audit log. `fingerprint` stands for its hash. */
export interface SealedAudit {
  readonly lastRowId: number;
  readonly fingerprint: number;
  /** When the sealer last came to its end, with or without a new seal. */
  readonly checkedAt: Instant;
}

/**
 * What is read when somebody looks: database connections at work, waited for, and at most; whether Redis answers (1 or 0); whether it is
 * set to delete keys when its memory is full (1 or 0).
 */
export type WatchedGauge =
  | 'database_connections_busy'
  | 'database_connections_waiting'
  | 'database_connections_max'
  | 'redis_up'
  | 'redis_evicts';

/** What is counted. A closed list, so that no label can grow without bound. */
export interface Metrics extends LiveMetrics {
  /** What is served, told once before the first request: whatever is asked later makes next to no new series. */
  routesKnown(routes: readonly Pick<ServedRequest, 'method' | 'route'>[]): void;
  requestServed(request: ServedRequest): void;
  loginJudged(outcome: 'success' | ErrorCode): void;
  refreshJudged(outcome: RefreshOutcome): void;
  passwordHashed(operation: 'hash' | 'verify', seconds: number): void;
  hashQueueChanged(running: number, waiting: number): void;
  rateJudged(policy: RatePolicyName, decision: 'allowed' | 'refused'): void;
  /** True while limits are kept by each process on its own. */
  limiterDegraded(isDegraded: boolean): void;
  /** A message in Redis was dropped, since it does not verify. */
  redisMessageRejected(kind: MessagePurpose): void;
  /** A row of the audit log went to the log instead. */
  auditLost(): void;
  auditSealed(head: SealedAudit): void;
  /** Asks `read` at each rendering, the function given last. */
  watch(gauge: WatchedGauge, read: () => number): void;
  /** Everything counted, as Prometheus reads it. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}
