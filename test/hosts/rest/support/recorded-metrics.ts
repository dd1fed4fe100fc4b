import { MemoryMetrics } from '../../../../adapters/memory/operations/memory-metrics.js';
import type { ServedRequest } from '../../../../core/ports/operations/metrics.js';

/** Remembers the requests as well, in their order. */
export class RecordedMetrics extends MemoryMetrics {
  readonly requests: ServedRequest[] = [];

  override requestServed(request: ServedRequest): void {
    this.requests.push(request);
    super.requestServed(request);
  }
}
