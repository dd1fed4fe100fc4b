import type { ClientMessageType, LiveMetrics, ServerMessageType } from '../../../core/ports/live/live-metrics.js';
import type { Metrics, RefreshOutcome, SealedAudit, ServedRequest, WatchedGauge } from '../../../core/ports/operations/metrics.js';

type Argument<Method extends keyof Metrics, Index extends number> = Parameters<Metrics[Method]>[Index];
type Labels = Readonly<Record<string, string | number>>;

/**
 * Counts metrics for tests. Names and labels are those of the Prometheus metrics; for durations it keeps only the number of observations.
 */
export class MemoryMetrics implements Metrics, LiveMetrics {
  readonly #values = new Map<string, number>();
  readonly #watched = new Map<WatchedGauge, () => number>();

  /** The value of a metric; 0 if it was never changed. */
  value(name: string, labels: Labels = {}): number {
    return this.#values.get(keyOf(name, labels)) ?? 0;
  }

  routesKnown(): void {}

  requestServed({ method, route, status }: ServedRequest): void {
    this.#count('http_requests_total', { method, route, status });
    this.#count('http_request_duration_seconds_count', { method, route });
  }

  loginJudged(outcome: Argument<'loginJudged', 0>): void {
    this.#count('move_acces_login_total', { outcome });
  }

  refreshJudged(outcome: RefreshOutcome): void {
    this.#count('move_acces_refresh_total', { outcome });
  }

  passwordHashed(operation: Argument<'passwordHashed', 0>): void {
    this.#count('move_acces_password_hash_seconds_count', { operation });
  }

  hashQueueChanged(running: number, waiting: number): void {
    this.#values.set('move_acces_password_hash_running', running);
    this.#values.set('move_acces_password_hash_waiting', waiting);
  }

  rateJudged(policy: Argument<'rateJudged', 0>, decision: Argument<'rateJudged', 1>): void {
    this.#count('move_acces_rate_limit_total', { policy, decision });
  }

  limiterDegraded(isDegraded: boolean): void {
    this.#values.set('move_acces_rate_limit_degraded', isDegraded ? 1 : 0);
  }

  redisMessageRejected(kind: Argument<'redisMessageRejected', 0>): void {
    this.#count('move_acces_redis_messages_rejected_total', { kind });
  }

  auditLost(): void {
    this.#count('move_acces_audit_lost_total', {});
  }

  auditSealed({ lastRowId, fingerprint, checkedAt }: SealedAudit): void {
    this.#values.set('move_acces_audit_sealed_row_id', lastRowId);
    this.#values.set('move_acces_audit_head_fingerprint', fingerprint);
    this.#values.set('move_acces_audit_sealed_timestamp_seconds', checkedAt / 1000);
  }

  watch(gauge: WatchedGauge, read: () => number): void {
    this.#watched.set(gauge, read);
  }

  socketsChanged(open: number): void {
    this.#values.set('move_acces_sockets', open);
  }

  socketClosed(code: number | 'other'): void {
    this.#count('move_acces_socket_closed_total', { code });
  }

  messageReceived(type: ClientMessageType | 'invalid'): void {
    this.#count('move_acces_socket_messages_total', { direction: 'in', type });
  }

  messageSent(type: ServerMessageType): void {
    this.#count('move_acces_socket_messages_total', { direction: 'out', type });
  }

  slowConsumerCut(): void {
    this.#count('move_acces_slow_consumers_total', {});
  }

  eventDelivered(): void {
    this.#count('move_acces_event_delay_seconds_count', {});
  }

  async render(): Promise<{ readonly contentType: string; readonly body: string }> {
    for (const [gauge, read] of this.#watched) this.#values.set(`move_acces_${gauge}`, read());
    const lines = Array.from(this.#values, ([key, value]) => `${key} ${value}\n`);
    return { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: lines.join('') };
  }

  #count(name: string, labels: Labels): void {
    this.#values.set(keyOf(name, labels), this.value(name, labels) + 1);
  }
}

function keyOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}
