import { AuthError } from '../../core/domain/auth-error.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import { HashPlaces } from './hash-places.js';

export interface HashQueueOptions {
  /** Hashes computed at once: as many as the process has cores to itself. */
  readonly concurrency: number;
  /** Hashes that may wait; one more is refused. */
  readonly queue: number;
  readonly metrics: Pick<Metrics, 'hashQueueChanged'>;
}

export interface HashTurn {
  /** Takes as long as others of its kind, on the thread of its place: it may be handed over before the place is free. */
  readonly isUsual?: boolean;
  /** Aborts once nobody waits for the result. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly isUsual: boolean;
  readonly takeTurn: (place: number) => void;
}

/** Results that are handed out at once, at most. */
const mostTogether = 16;
/** Longest wait of a result for others: a hash of an older format may take a second. */
const mostKeptMs = 100;

/**
 * Bounds the hashes of a process, first come, first served: cores are few. A place is held until the hash is done, whatever became of the
 * request; whoever has gone leaves the line.
 *
 * While there is a line, results are handed out several at once, as soon as they are as many as still wait: what follows a hash, above
 * all a commit, costs several that go together not much more than one. Where nobody waits, nobody is kept.
 */
export class HashQueue {
  readonly #options: HashQueueOptions;
  readonly #places: HashPlaces;
  readonly #line: Waiting[] = [];
  readonly #done: (() => void)[] = [];
  #patience: NodeJS.Timeout | undefined;
  #admitted = 0;

  constructor(options: HashQueueOptions) {
    this.#options = options;
    this.#places = new HashPlaces(options.concurrency);
  }

  /** Bounds what is under way towards a hash by what may hash and wait. @throws AuthError `overloaded` */
  async admit<Result>(work: () => Promise<Result>): Promise<Result> {
    const { concurrency, queue } = this.#options;
    if (this.#admitted >= concurrency + queue) throw overloaded();
    this.#admitted += 1;
    try {
      return await work();
    } finally {
      this.#admitted -= 1;
    }
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
      await this.#company();
    }
  }

  async #company(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#done.push(resolve);
    if (this.#done.length >= Math.min(this.#waiting, mostTogether)) this.#handOut();
    else this.#patience ??= setTimeout(() => this.#handOut(), mostKeptMs);
    await promise;
  }

  #handOut(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    for (const resolve of this.#done.splice(0)) resolve();
  }

  async #enter(isUsual: boolean, signal?: AbortSignal): Promise<number> {
    if (signal?.aborted) throw overloaded();
    const place = this.#line.length === 0 ? this.#take(isUsual) : null;
    if (place !== null) return place;
    if (this.#waiting >= this.#options.queue) throw overloaded();
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const waiting: Waiting = {
      isUsual,
      takeTurn: (freed) => {
        signal?.removeEventListener('abort', leaveLine);
        resolve(freed);
      },
    };
    const leaveLine = () => {
      this.#line.splice(this.#line.indexOf(waiting), 1);
      this.#report();
      reject(overloaded());
    };
    signal?.addEventListener('abort', leaveLine, { once: true });
    this.#line.push(waiting);
    this.#report();
    return await promise;
  }

  #take(isUsual: boolean): number | null {
    const place = this.#places.take(isUsual, this.#waiting < this.#options.queue);
    if (place !== null) this.#report();
    return place;
  }

  /** Hands the place on to the next in line, if there is one. */
  #leave(place: number): void {
    this.#places.leave(place);
    this.#report();
    for (let [first] = this.#line; first !== undefined; [first] = this.#line) {
      const freed = this.#places.take(first.isUsual, true);
      if (freed === null) break;
      this.#line.shift();
      first.takeTurn(freed);
      this.#report();
    }
  }

  get #waiting(): number {
    return this.#line.length + this.#places.ahead;
  }

  #report(): void {
    this.#options.metrics.hashQueueChanged(this.#places.running, this.#waiting);
  }
}

const overloaded = (): AuthError => new AuthError('overloaded', { retryAfterSeconds: 1 });
