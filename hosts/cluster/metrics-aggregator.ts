import type { Worker } from 'node:cluster';
import type { PrimaryComposition } from '../wiring/compose-primary.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** Timeout in milliseconds for the snapshot of a worker that is busy or frozen. After it, the worker's last snapshot counts. */
const timeoutMs = 1000;

/** The primary's side of a scrape: requests a snapshot from every worker, and sends the sum to the worker that was scraped. */
export class MetricsAggregator {
  readonly #metrics: PrimaryComposition['metrics'];
  readonly #workers = new Set<Worker>();
  /** Pending snapshots, by the number of the request. */
  readonly #pending = new Map<number, () => void>();
  #lastId = 0;

  constructor({ metrics }: Pick<PrimaryComposition, 'metrics'>) {
    this.#metrics = metrics;
  }

  admit(worker: Worker): void {
    this.#workers.add(worker);
    // a cast: workers run this same program
    worker.on('message', (message) => void this.#handle(worker, message as WorkerMessage));
  }

  dismiss(worker: Worker): void {
    this.#workers.delete(worker);
  }

  async #handle(worker: Worker, message: WorkerMessage): Promise<void> {
    switch (message.kind) {
      case 'snapshot':
        this.#metrics.report(worker.id, message.snapshot);
        if (message.id !== null) this.#pending.get(message.id)?.();
        break;
      case 'render_metrics':
        await Promise.all([...this.#workers].map((each) => this.#requestSnapshot(each)));
        send(worker, { kind: 'metrics_rendered', id: message.id, metrics: await this.#metrics.render() });
        break;
    }
  }

  async #requestSnapshot(worker: Worker): Promise<void> {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#pending.set(id, resolve);
    const timer = setTimeout(resolve, timeoutMs);
    worker.once('exit', resolve);
    send(worker, { kind: 'take_snapshot', id });
    await promise;
    worker.off('exit', resolve);
    clearTimeout(timer);
    this.#pending.delete(id);
  }
}

/** Sends nothing to a worker that has disconnected; its end is handled elsewhere. */
function send(worker: Worker, message: PrimaryMessage): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
