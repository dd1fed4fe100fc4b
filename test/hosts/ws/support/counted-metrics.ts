import { MemoryMetrics } from '../../../../adapters/memory/operations/memory-metrics.js';

/** Counts what is measured of connections in a form that a test reads easily. */
export class CountedMetrics extends MemoryMetrics {
  open = 0;
  slow = 0;
  readonly closes: (number | 'other')[] = [];
  readonly received = new Map<string, number>();
  readonly sent = new Map<string, number>();
  readonly delays: number[] = [];

  override socketsChanged(open: number): void {
    this.open = open;
  }

  override socketClosed(code: number | 'other'): void {
    this.closes.push(code);
  }

  override messageReceived(type: string): void {
    this.received.set(type, (this.received.get(type) ?? 0) + 1);
  }

  override messageSent(type: string): void {
    this.sent.set(type, (this.sent.get(type) ?? 0) + 1);
  }

  override slowConsumerCut(): void {
    this.slow += 1;
  }

  override eventDelivered(delaySeconds = 0): void {
    this.delays.push(delaySeconds);
  }
}
