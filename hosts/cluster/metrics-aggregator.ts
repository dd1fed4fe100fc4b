import type { Worker } from 'node:cluster';
import type { PrimaryComposition } from '../wiring/compose-primary.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** A scrape does not wait longer for a worker that is busy or frozen: what it said before stands for it. */
const patienceMs = 1000;

/** The primary's side of a scrape: asks every worker what it has counted, and answers the one that was scraped with the sum. */
export class MetricsAggregator {
  readonly #metrics: PrimaryComposition['metrics'];
  readonly #workers = new Set<Worker>();
  /** Snapshots that are waited for, by the number of the question. */
  readonly #asked = new Map<number, () => void>();
  #lastId = 0;

  constructor({ metrics }: Pick<PrimaryComposition, 'metrics'>) {
    this.#metrics = metrics;
  }

  admit(worker: Worker): void {
    this.#workers.add(worker);
    // a cast: workers run this same program
    worker.on('message', (message) => void this.#heed(worker, message as WorkerMessage));
  }

  dismiss(worker: Worker): void {
    this.#workers.delete(worker);
  }

  async #heed(worker: Worker, message: WorkerMessage): Promise<void> {
    switch (message.kind) {
      case 'snapshot':
        this.#metrics.report(worker.id, message.snapshot);
        if (message.id !== null) this.#asked.get(message.id)?.();
        break;
      case 'render_metrics':
        await Promise.all([...this.#workers].map((each) => this.#askOf(each)));
        say(worker, { kind: 'metrics_rendered', id: message.id, metrics: await this.#metrics.render() });
        break;
    }
  }

  async #askOf(worker: Worker): Promise<void> {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#asked.set(id, resolve);
    const impatience = setTimeout(resolve, patienceMs);
    worker.once('exit', resolve);
    say(worker, { kind: 'take_snapshot', id });
    await promise;
    worker.off('exit', resolve);
    clearTimeout(impatience);
    this.#asked.delete(id);
  }
}

/** To one that is gone nothing can be said, and its end is told elsewhere. */
function say(worker: Worker, message: PrimaryMessage): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
