import type { MetricsExchange, MetricsSnapshot, RenderedMetrics } from '../wiring/worker-context.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** Timeout in milliseconds for a primary that does not respond at all. The primary itself waits for slow workers. */
const timeoutMs = 3000;

/** A worker's connection to its primary for metrics. */
export class MetricsClient implements MetricsExchange {
  readonly #pending = new Map<number, (metrics: RenderedMetrics) => void>();
  #read: (() => Promise<MetricsSnapshot>) | null = null;
  #lastId = 0;

  constructor() {
    // a cast: only the primary sends messages to this process
    process.on('message', (message) => void this.#handle(message as PrimaryMessage));
  }

  offer(read: () => Promise<MetricsSnapshot>): void {
    this.#read = read;
  }

  async render(): Promise<RenderedMetrics> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<RenderedMetrics>();
    this.#pending.set(id, resolve);
    const timer = setTimeout(() => reject(new Error('the primary process does not answer')), timeoutMs);
    try {
      await this.#send({ kind: 'render_metrics', id });
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  /** Sends the final metrics of this process. */
  async leave(): Promise<void> {
    await this.#sendSnapshot(null);
  }

  async #handle(message: PrimaryMessage): Promise<void> {
    if (message.kind === 'metrics_rendered') this.#pending.get(message.id)?.(message.metrics);
    // Without a response the primary uses the last snapshot.
    else await this.#sendSnapshot(message.id).catch(() => {});
  }

  async #sendSnapshot(id: number | null): Promise<void> {
    if (this.#read !== null) await this.#send({ kind: 'snapshot', id, snapshot: await this.#read() });
  }

  #send(message: WorkerMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
    });
  }
}
