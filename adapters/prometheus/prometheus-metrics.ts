import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { AuthError } from '../../core/domain/auth-error.js';
import type { ClientMessageType, LiveMetrics, ServerMessageType } from '../../core/ports/live/live-metrics.js';
import type { MessagePurpose } from '../../core/ports/message-mac.js';
import type { Metrics, RefreshOutcome, SealedAudit, ServedRequest, WatchedGauge } from '../../core/ports/operations/metrics.js';
import { type Instruments, instrumentsIn } from './instruments.js';
import type { MetricsExchange, RenderedMetrics } from './metrics-exchange.js';
import { WatchedGauges } from './watched-gauges.js';

export interface PrometheusMetricsOptions {
  /** Version of the product, for `build_info`. */
  readonly version: string;
  /** Set where several processes serve together: then a rendering contains the metrics of all of them. */
  readonly exchange?: MetricsExchange;
}

type Argument<Method extends keyof Metrics, Index extends number> = Parameters<Metrics[Method]>[Index];

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Methods whose durations are recorded for each route. */
const timedMethods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** The labels of a request that no route serves: always the same, whatever the request. */
const unserved = { method: 'other', route: 'unknown' } as const;

/** Metrics in their own registry, with the metrics of the process. */
export class PrometheusMetrics implements Metrics, LiveMetrics {
  /** For the component that aggregates the metrics of several processes. */
  readonly registry = new Registry();
  readonly #instruments: Instruments = instrumentsIn(this.registry);
  readonly #watched = new WatchedGauges({ registry: this.registry });
  readonly #exchange: MetricsExchange | null;

  constructor({ version, exchange }: PrometheusMetricsOptions) {
    this.#exchange = exchange ?? null;
    exchange?.offer(() => this.registry.getMetricsAsJSON());
    collectDefaultMetrics({ register: this.registry });
    beginCollections(this.registry);
    this.#instruments.build.set({ version, node: process.versions.node }, 1);
    this.#instruments.requestSeconds.zero(unserved);
    for (const policy of ['login', 'register', 'api', 'account'])
      for (const decision of ['allowed', 'refused']) this.#instruments.rateVerdicts.inc({ policy, decision }, 0);
    for (const kind of ['revocation', 'event', 'ticket']) this.#instruments.redisRejected.inc({ kind }, 0);
  }

  routesKnown(routes: readonly Pick<ServedRequest, 'method' | 'route'>[]): void {
    for (const { method, route } of routes) if (timedMethods.has(method)) this.#instruments.requestSeconds.zero({ method, route });
  }

  /** A request for an unknown path or method counts as `unknown` and `other`: a client with random paths creates no new series. */
  requestServed({ method, route, status, seconds }: ServedRequest): void {
    const labels = route === unserved.route || status === 405 ? unserved : { method: methods.has(method) ? method : 'other', route };
    this.#instruments.requests.inc({ ...labels, status });
    this.#instruments.requestSeconds.observe(timedMethods.has(labels.method) ? labels : unserved, seconds);
  }

  loginJudged(outcome: Argument<'loginJudged', 0>): void {
    this.#instruments.logins.inc({ outcome });
  }

  refreshJudged(outcome: RefreshOutcome): void {
    this.#instruments.refreshes.inc({ outcome });
  }

  passwordHashed(operation: Argument<'passwordHashed', 0>, seconds: number): void {
    this.#instruments.hashSeconds.observe({ operation }, seconds);
  }

  hashQueueChanged(running: number, waiting: number): void {
    this.#instruments.hashesRunning.set(running);
    this.#instruments.hashesWaiting.set(waiting);
  }

  rateJudged(policy: Argument<'rateJudged', 0>, decision: Argument<'rateJudged', 1>): void {
    this.#instruments.rateVerdicts.inc({ policy, decision });
  }

  limiterDegraded(isDegraded: boolean): void {
    this.#instruments.rateDegraded.set(isDegraded ? 1 : 0);
  }

  redisMessageRejected(kind: MessagePurpose): void {
    this.#instruments.redisRejected.inc({ kind });
  }

  auditLost(): void {
    this.#instruments.auditLost.inc();
  }

  auditSealed({ lastRowId, fingerprint, checkedAt }: SealedAudit): void {
    this.#instruments.sealedRowId.set(lastRowId);
    this.#instruments.headFingerprint.set(fingerprint);
    this.#instruments.sealedAt.set(checkedAt / 1000);
  }

  watch(gauge: WatchedGauge, read: () => number): void {
    this.#watched.watch(gauge, read);
  }

  socketsChanged(open: number): void {
    this.#instruments.sockets.set(open);
  }

  socketClosed(code: number | 'other'): void {
    this.#instruments.socketsClosed.inc({ code });
  }

  messageReceived(type: ClientMessageType | 'invalid'): void {
    this.#instruments.socketMessages.inc({ direction: 'in', type });
  }

  messageSent(type: ServerMessageType): void {
    this.#instruments.socketMessages.inc({ direction: 'out', type });
  }

  slowConsumerCut(): void {
    this.#instruments.slowConsumers.inc();
  }

  eventDelivered(delaySeconds: number): void {
    this.#instruments.eventDelay.observe(delaySeconds);
  }

  async render(): Promise<RenderedMetrics> {
    if (this.#exchange !== null) return await ofAll(this.#exchange);
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}

async function ofAll(exchange: MetricsExchange): Promise<RenderedMetrics> {
  try {
    return await exchange.render();
  } catch (cause) {
    throw new AuthError('dependency_unavailable', { cause });
  }
}

/** Every kind of garbage collection has a series from the start, not from its first occurrence. */
function beginCollections(registry: Registry): void {
  const seconds = registry.getSingleMetric('nodejs_gc_duration_seconds');
  if (!(seconds instanceof Histogram)) return;
  for (const kind of ['minor', 'major', 'incremental', 'weakcb']) seconds.zero({ kind });
}
