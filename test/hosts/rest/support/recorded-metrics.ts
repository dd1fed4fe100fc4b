import { MemoryMetrics } from '../../../../adapters/memory/memory-metrics.js';
import type { ServedRequest } from '../../../../core/ports/metrics.js';

/** Remembers the requests as well, in their order. */
export class RecordedMetrics extends MemoryMetrics {
  readonly requests: ServedRequest[] = [];

  override requestServed(request: ServedRequest): void {
    this.requests.push(request);
    super.requestServed(request);
  }
}
