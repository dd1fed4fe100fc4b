import type { Metrics, ServedRequest } from '../../../../core/ports/metrics.js';

/** Remembers the requests, counts nothing else. */
export class RecordedMetrics implements Metrics {
  readonly requests: ServedRequest[] = [];

  requestServed(request: ServedRequest): void {
    this.requests.push(request);
  }

  loginJudged(): void {}
  refreshJudged(): void {}
  passwordHashed(): void {}
  hashQueueChanged(): void {}
  rateJudged(): void {}
  limiterDegraded(): void {}
  auditLost(): void {}

  async render() {
    return { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: `requests_total ${this.requests.length}\n` };
  }
}
