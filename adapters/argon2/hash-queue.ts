import { AuthError } from '../../core/domain/auth-error.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { BoundedQueue } from '../concurrency/bounded-queue.js';
import { Semaphore } from '../concurrency/semaphore.js';
import { HashPlaces } from './hash-places.js';
import { HeldResults } from './held-results.js';

export interface HashQueueOptions {
  /** Hashes computed at once: as many as the process has cores to itself. */
  readonly concurrency: number;
  /** Hashes that may wait; one more is refused. */
  readonly maxWaiting: number;
  readonly metrics: Pick<Metrics, 'hashQueueChanged'>;
}

export interface HashTurn {
  /** Whether it takes as long as most hashes, on the thread of its place: such a hash may be handed over before the place is free. */
  readonly isUsual?: boolean;
  /** Aborts when no client waits for the result any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Bounds the hashes of a process, first come, first served: cores are few. A hash keeps its place until it is done, whatever became of the
 * request; a request that is given up leaves the queue.
 */
export class HashQueue {
  readonly #options: HashQueueOptions;
  readonly #admitted: Semaphore;
  readonly #places: HashPlaces;
  /** What each hash needs to know of its place: whether it is a usual one. */
  readonly #queue = new BoundedQueue<number, boolean>({ refusal: overloaded });
  readonly #results = new HeldResults();

  constructor(options: HashQueueOptions) {
    const { concurrency, maxWaiting } = options;
    this.#options = options;
    this.#admitted = new Semaphore({ places: concurrency + maxWaiting, maxWaiting: 0, refusal: overloaded });
    this.#places = new HashPlaces(concurrency);
  }

  /** Bounds the work that leads to a hash by what may hash and wait. @throws AuthError `overloaded` */
  admit<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#admitted.run(work);
  }

  /**
   * Places are counted from 0, to `concurrency`.
   *
   * @throws AuthError `overloaded` when too many wait already, or when the signal aborts before the hash was handed to a place.
   */
  async run<Result>(hash: (place: number) => Promise<Result>, { isUsual = false, signal }: HashTurn = {}): Promise<Result> {
    const place = await this.#enter(isUsual, signal);
    try {
      return await hash(place);
    } finally {
      this.#leave(place);
      await this.#results.hold(this.#waiting);
    }
  }

  async #enter(isUsual: boolean, signal?: AbortSignal): Promise<number> {
    if (signal?.aborted) throw overloaded();
    const place = this.#queue.size === 0 ? this.#take(isUsual) : null;
    if (place !== null) return place;
    if (this.#waiting >= this.#options.maxWaiting) throw overloaded();
    const granted = this.#queue.wait(isUsual, signal);
    this.#report();
    return await granted.catch((refusal: unknown) => {
      this.#report();
      throw refusal;
    });
  }

  #take(isUsual: boolean): number | null {
    const place = this.#places.take(isUsual, this.#waiting < this.#options.maxWaiting);
    if (place !== null) this.#report();
    return place;
  }

  /** Hands the place to the first hash of the queue, if it may have it. */
  #leave(place: number): void {
    this.#places.leave(place);
    for (let isUsual = this.#queue.firstNeed; isUsual !== null; isUsual = this.#queue.firstNeed) {
      const freed = this.#places.take(isUsual, true);
      if (freed === null) break;
      this.#queue.serve(freed);
    }
    this.#report();
  }

  get #waiting(): number {
    return this.#queue.size + this.#places.ahead;
  }

  #report(): void {
    this.#options.metrics.hashQueueChanged(this.#places.running, this.#waiting);
  }
}

function overloaded(): AuthError {
  return new AuthError('overloaded', { retryAfterSeconds: 1 });
}
