import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { liveInstrumentsIn } from './live-instruments.js';

/** Buckets for the duration of a response in seconds: from a cached read to a queue of password hashes. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const hashBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export type Instruments = ReturnType<typeof instrumentsIn>;

/** Registers all metrics. `aggregator` defines how the gauges of several processes are combined; counters are added up. */
export function instrumentsIn(registry: Registry) {
  const registers = [registry];
  return {
    ...liveInstrumentsIn(registry),
    requests: new Counter({
      name: 'http_requests_total',
      help: 'HTTP requests answered',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['method', 'route'],
      buckets: requestBuckets,
      registers,
    }),
    logins: new Counter({ name: 'move_acces_login_total', help: 'Logins judged', labelNames: ['outcome'], registers }),
    refreshes: new Counter({ name: 'move_acces_refresh_total', help: 'Refresh tokens judged', labelNames: ['outcome'], registers }),
    hashSeconds: new Histogram({
      name: 'move_acces_password_hash_seconds',
      help: 'Time of one password hash, without its wait',
      labelNames: ['operation'],
      buckets: hashBuckets,
      registers,
    }),
    hashesRunning: new Gauge({ name: 'move_acces_password_hash_running', help: 'Password hashes at work', registers, aggregator: 'sum' }),
    hashesWaiting: new Gauge({ name: 'move_acces_password_hash_waiting', help: 'Password hashes in line', registers, aggregator: 'sum' }),
    rateVerdicts: new Counter({
      name: 'move_acces_rate_limit_total',
      help: 'Requests judged by a rate limit',
      labelNames: ['policy', 'decision'],
      registers,
    }),
    rateDegraded: new Gauge({
      name: 'move_acces_rate_limit_degraded',
      help: '1 while each process keeps limits on its own',
      registers,
      aggregator: 'max',
    }),
    redisRejected: new Counter({
      name: 'move_acces_redis_messages_rejected_total',
      help: 'Messages in Redis that did not verify',
      labelNames: ['kind'],
      registers,
    }),
    auditLost: new Counter({ name: 'move_acces_audit_lost_total', help: 'Audit rows that went to the log instead', registers }),
    // With several processes, the values of the first one, so that the three belong together.
    sealedRowId: new Gauge({
      name: 'move_acces_audit_sealed_row_id',
      help: 'Id of the last audit row under a seal',
      registers,
      aggregator: 'first',
    }),
    headFingerprint: new Gauge({
      name: 'move_acces_audit_head_fingerprint',
      help: 'First 52 bits of the hash of the newest seal over the audit log',
      registers,
      aggregator: 'first',
    }),
    sealedAt: new Gauge({
      name: 'move_acces_audit_sealed_timestamp_seconds',
      help: 'When sealing the audit log last came to its end',
      registers,
      aggregator: 'first',
    }),
    build: new Gauge({ name: 'move_acces_build_info', help: 'Always 1', labelNames: ['version', 'node'], registers, aggregator: 'first' }),
  } as const;
}
