import { BoundedQueue, type QueueBounds } from './bounded-queue.js';

export interface SemaphoreOptions extends QueueBounds {
  /** Work that runs at once, at most. */
  readonly places: number;
}

interface WaitOptions {
  /** Its abort refuses a caller that waits, and does nothing after that. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs so much work at once; the rest waits in a queue, first come, first served, which may have bounds. */
export class Semaphore {
  readonly #places: number;
  readonly #queue: BoundedQueue<void>;
  readonly #onIdle: (() => void)[] = [];
  #running = 0;

  constructor({ places, ...bounds }: SemaphoreOptions) {
    this.#places = places;
    this.#queue = new BoundedQueue(bounds);
  }

  get running(): number {
    return this.#running;
  }

  /** Callers that wait for a place. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Runs the work when a place is free, in the async context of its caller. An abort of `signal` matters only while the caller waits.
   * @throws what `refusal` makes, when the queue is full, the wait was too long, or `signal` aborted meanwhile; whatever `work` throws
   */
  async run<Result>(work: () => Promise<Result>, { signal }: WaitOptions = {}): Promise<Result> {
    if (!this.#takeFree()) await this.#queue.wait(undefined, signal);
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /**
   * Waits for a place, which its caller leaves by disposing of it, once.
   * @throws what `refusal` makes, as `run`
   */
  async enter({ signal }: WaitOptions = {}): Promise<Disposable> {
    if (!this.#takeFree()) await this.#queue.wait(undefined, signal);
    return { [Symbol.dispose]: () => this.#release() };
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  #takeFree(): boolean {
    const isFree = this.#running < this.#places;
    if (isFree) this.#running += 1;
    return isFree;
  }

  /** A place goes straight to the caller that has waited longest: a caller that comes in between does not overtake it. */
  #release(): void {
    if (this.#queue.serve()) return;
    this.#running -= 1;
    if (this.#running === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
