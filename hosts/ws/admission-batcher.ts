import { Batcher } from '../../adapters/concurrency/batcher.js';

interface Admission {
  readonly begin: () => void;
  readonly done: Promise<void>;
}

/** Admissions that begin together, at most. */
const maxItems = 64;

/**
 * Begins the admissions that arrive while others run together, once those are done. Admissions that begin together, as after a restart,
 * read in the same event-loop turns, and reads of one turn are one query. An admission that comes alone begins at once.
 */
export class AdmissionBatcher {
  readonly #maxWaitMs: number;
  readonly #batcher = new Batcher<Admission, void>({ maxItems, maxConcurrent: 1, isEager: true, run: (batch) => this.#begin(batch) });

  /** `maxWaitMs` is the longest wait for the batch before: admissions do not wait long for slow ones. */
  constructor({ maxWaitMs = 20 }: { readonly maxWaitMs?: number } = {}) {
    this.#maxWaitMs = maxWaitMs;
  }

  /** Runs the work in the async context of its caller, which a batch does not have: the batch only says when. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    void this.#batcher.add({ begin: turn.resolve, done: done.promise });
    await turn.promise;
    try {
      return await work();
    } finally {
      done.resolve();
    }
  }

  async #begin(batch: readonly Admission[]): Promise<() => void> {
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, this.#maxWaitMs);
    for (const { begin } of batch) begin();
    await Promise.race([timeout.promise, Promise.all(batch.map(({ done }) => done))]);
    clearTimeout(timer);
    return () => {};
  }
}
