import { AuthError } from '../../core/domain/auth-error.js';
import type { Metrics } from '../../core/ports/metrics.js';

export interface HashGateOptions {
  /** Hashes computed at once: as many as the process has cores to itself. */
  readonly concurrency: number;
  /** Hashes that may wait; one more is refused. */
  readonly queue: number;
  readonly metrics: Pick<Metrics, 'hashQueueChanged'>;
}

/** Results that are handed out at once, at most. */
const mostTogether = 16;
/** Longest wait of a result for others: a hash of an older format may take a second. */
const mostKeptMs = 100;

/**
 * Bounds the hashes of a process, first come, first served: threads of the pool are few, and files, names and signatures need them too.
 * A place is held until the hash is done, whatever became of the request; whoever has gone leaves the line.
 *
 * While there is a line, results are handed out several at once, as soon as they are as many as still wait: what follows a hash, above
 * all a commit, costs several that go together not much more than one. Where nobody waits, nobody is kept.
 */
export class HashGate {
  readonly #options: HashGateOptions;
  readonly #waiting: (() => void)[] = [];
  readonly #done: (() => void)[] = [];
  #patience: NodeJS.Timeout | undefined;
  #running = 0;
  #admitted = 0;

  constructor(options: HashGateOptions) {
    this.#options = options;
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

  /** @throws AuthError `overloaded` when too many wait already, or when `signal` aborts before the turn has come. */
  async run<Result>(hash: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    await this.#enter(signal);
    try {
      return await hash();
    } finally {
      this.#leave();
      await this.#company();
    }
  }

  async #company(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#done.push(resolve);
    if (this.#done.length >= Math.min(this.#waiting.length, mostTogether)) this.#handOut();
    else this.#patience ??= setTimeout(() => this.#handOut(), mostKeptMs);
    await promise;
  }

  #handOut(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    for (const resolve of this.#done.splice(0)) resolve();
  }

  async #enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw overloaded();
    if (this.#running < this.#options.concurrency) {
      this.#running += 1;
      this.#report();
      return;
    }
    if (this.#waiting.length >= this.#options.queue) throw overloaded();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leaveLine = () => {
      this.#waiting.splice(this.#waiting.indexOf(takeTurn), 1);
      this.#report();
      reject(overloaded());
    };
    const takeTurn = () => {
      signal?.removeEventListener('abort', leaveLine);
      resolve();
    };
    signal?.addEventListener('abort', leaveLine, { once: true });
    this.#waiting.push(takeTurn);
    this.#report();
    await promise;
  }

  /** Hands the place on to the next in line, if there is one. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    this.#report();
    next?.();
  }

  #report(): void {
    this.#options.metrics.hashQueueChanged(this.#running, this.#waiting.length);
  }
}

const overloaded = (): AuthError => new AuthError('overloaded', { retryAfterSeconds: 1 });
