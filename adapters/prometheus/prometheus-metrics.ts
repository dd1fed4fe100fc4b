import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Metrics, ServedRequest } from '../../core/ports/metrics.js';
import { type Instruments, instrumentsIn } from './instruments.js';

export interface PrometheusMetricsOptions {
  /** Of the product, for `build_info`. */
  readonly version: string;
}

type Argument<Method extends keyof Metrics, Index extends number> = Parameters<Metrics[Method]>[Index];

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Metrics in a registry of their own, with those of the process. */
export class PrometheusMetrics implements Metrics {
  /** For whoever gathers the metrics of several processes. */
  readonly registry = new Registry();
  readonly #instruments: Instruments = instrumentsIn(this.registry);

  constructor({ version }: PrometheusMetricsOptions) {
    collectDefaultMetrics({ register: this.registry });
    this.#instruments.build.set({ version, node: process.versions.node }, 1);
  }

  requestServed({ method, route, status, seconds }: ServedRequest): void {
    const labels = { method: methods.has(method) ? method : 'other', route };
    this.#instruments.requests.inc({ ...labels, status });
    this.#instruments.requestSeconds.observe(labels, seconds);
  }

  loginJudged(outcome: Argument<'loginJudged', 0>): void {
    this.#instruments.logins.inc({ outcome });
  }

  refreshJudged(outcome: Argument<'refreshJudged', 0>): void {
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

  auditLost(): void {
    this.#instruments.auditLost.inc();
  }

  async render(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
