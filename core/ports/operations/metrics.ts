import type { ErrorCode } from '../../domain/error-code.js';
import type { Instant } from '../../domain/instant.js';
import type { RatePolicyName } from '../../domain/limits/rate-rule.js';
import type { LiveMetrics } from '../live/live-metrics.js';
import type { MessagePurpose } from '../message-mac.js';

/** An HTTP request with its response. `route` is the template or `unknown`, never the path of the request. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** The outcome of a refresh: issued, or the reason for the refusal. */
export type RefreshOutcome = 'rotated' | 'repeated' | 'reused' | 'expired' | 'revoked' | 'unknown' | 'malformed' | 'account_disabled';

/** The newest seal over the audit log. `fingerprint` is the first part of its hash. */
export interface SealedAudit {
  readonly lastRowId: number;
  readonly fingerprint: number;
  /** When the sealer last finished a run, with or without a new seal. */
  readonly checkedAt: Instant;
}

/**
 * Gauges that are read at each rendering: database connections in use, waiting requests for one, and the max number of connections; whether
 * Redis responds (1 or 0); whether Redis is configured to evict keys when its memory is full (1 or 0).
 */
export type WatchedGauge =
  | 'database_connections_busy'
  | 'database_connections_waiting'
  | 'database_connections_max'
  | 'redis_up'
  | 'redis_evicts';

/** The metrics of the service. A closed list, so that no label can grow without bound. */
export interface Metrics extends LiveMetrics {
  /** Declares the routes, once, before the first request. Later requests then create almost no new series. */
  routesKnown(routes: readonly Pick<ServedRequest, 'method' | 'route'>[]): void;
  requestServed(request: ServedRequest): void;
  loginJudged(outcome: 'success' | ErrorCode): void;
  refreshJudged(outcome: RefreshOutcome): void;
  passwordHashed(operation: 'hash' | 'verify', seconds: number): void;
  hashQueueChanged(running: number, waiting: number): void;
  rateJudged(policy: RatePolicyName, decision: 'allowed' | 'refused'): void;
  /** True while each process keeps limits on its own. */
  limiterDegraded(isDegraded: boolean): void;
  /** A message in Redis was dropped because its MAC does not verify. */
  redisMessageRejected(kind: MessagePurpose): void;
  /** A row of the audit log was written to the log output instead. */
  auditLost(): void;
  auditSealed(head: SealedAudit): void;
  /** Calls `read` at each rendering. For one gauge, the last function registered is used. */
  watch(gauge: WatchedGauge, read: () => number): void;
  /** Renders all metrics in the Prometheus format. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}
