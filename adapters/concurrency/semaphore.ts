export interface SemaphoreOptions {
  /** Work that runs at once, at most. */
  readonly places: number;
  /** Callers that may wait for a place; one more is refused. Without it, any number. */
  readonly maxWaiting?: number;
  /** Milliseconds that a caller waits at most, then it is refused. Without it, as long as it takes. */
  readonly maxWaitMs?: number;
  /** What a refused caller gets. */
  readonly refusal?: () => Error;
}

interface Waiting {
  start(): void;
}

/** Runs so much work at once; the rest waits in a queue, first come, first served, which may have a bound. */
export class Semaphore {
  readonly #options: SemaphoreOptions;
  readonly #queue = new Set<Waiting>();
  #running = 0;
  #onIdle: (() => void)[] = [];

  constructor(options: SemaphoreOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running;
  }

  /** Callers that wait for a place. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Runs the work when a place is free. An abort of `signal` matters only while it waits.
   * @throws what `refusal` makes, when the queue is full, the wait was too long, or `signal` aborted before the work began; whatever `work` throws
   */
  async run<Result>(work: () => Promise<Result>, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<Result> {
    if (this.#running < this.#options.places) this.#running += 1;
    else await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#passOn();
    }
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const { maxWaiting = Number.POSITIVE_INFINITY, maxWaitMs } = this.#options;
    if (this.#queue.size >= maxWaiting || signal?.aborted) throw this.#refusal();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { start: resolve };
    const leave = () => {
      if (this.#queue.delete(waiting)) reject(this.#refusal());
    };
    const timer = maxWaitMs === undefined ? undefined : setTimeout(leave, maxWaitMs);
    signal?.addEventListener('abort', leave, { once: true });
    this.#queue.add(waiting);
    await promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    });
  }

  /** The place goes to the caller that has waited longest. */
  #passOn(): void {
    const [next] = this.#queue;
    if (next !== undefined) {
      this.#queue.delete(next);
      next.start();
      return;
    }
    this.#running -= 1;
    if (this.#running === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #refusal(): Error {
    return this.#options.refusal?.() ?? new Error('no place is free');
  }
}
