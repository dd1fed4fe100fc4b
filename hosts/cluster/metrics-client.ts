import type { MetricsExchange, MetricsSnapshot, RenderedMetrics } from '../wiring/worker-context.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** The primary waits for slow workers; this is for one that does not answer at all. */
const patienceMs = 3000;

/** A worker's line to its primary. */
export class MetricsClient implements MetricsExchange {
  readonly #asked = new Map<number, (metrics: RenderedMetrics) => void>();
  #read: (() => Promise<MetricsSnapshot>) | null = null;
  #lastId = 0;

  constructor() {
    // a cast: nobody else sends messages to this process
    process.on('message', (message) => void this.#heed(message as PrimaryMessage));
  }

  offer(read: () => Promise<MetricsSnapshot>): void {
    this.#read = read;
  }

  async render(): Promise<RenderedMetrics> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<RenderedMetrics>();
    this.#asked.set(id, resolve);
    const impatience = setTimeout(() => reject(new Error('the primary process does not answer')), patienceMs);
    try {
      await this.#say({ kind: 'render_metrics', id });
      return await promise;
    } finally {
      clearTimeout(impatience);
      this.#asked.delete(id);
    }
  }

  /** Leaves the last word of this process: what it has counted to its end. */
  async leave(): Promise<void> {
    await this.#tell(null);
  }

  async #heed(message: PrimaryMessage): Promise<void> {
    if (message.kind === 'metrics_rendered') this.#asked.get(message.id)?.(message.metrics);
    // Without an answer the primary takes what it was told last.
    else await this.#tell(message.id).catch(() => {});
  }

  async #tell(id: number | null): Promise<void> {
    if (this.#read !== null) await this.#say({ kind: 'snapshot', id, snapshot: await this.#read() });
  }

  #say(message: WorkerMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
    });
  }
}
