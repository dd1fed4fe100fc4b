import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../../core/ports/unit-of-work.js';
import type { Semaphore } from '../../concurrency/semaphore.js';
import { isHeldUp } from '../sql/driver-errors.js';

export interface HeldUpUnitOfWorkOptions {
  /** Runs work in a transaction, and fails once a row that it needs is locked. */
  readonly first: UnitOfWork;
  /** Waits for rows, and tries again. */
  readonly patient: UnitOfWork;
  /** For transactions. */
  readonly places: Semaphore;
  /** For transactions that wait for a row of another one. */
  readonly heldUpPlaces: Semaphore;
}

/**
 * A transaction takes a few milliseconds, and while password hashes take all cores, up to two hundred: one that takes longer waits for a
 * row, or the server is slow. A lower value takes slow transactions for waiting ones, and then costs others a look at their rows.
 */
const longMs = 300;

/**
 * Keeps transactions that wait for a locked row from taking the places of all others: while another application holds the rows of eight
 * users, two transactions wait for such rows at once, in places of their own. A transaction moves there when it takes long, when a lock is
 * not granted in time, and when it meets a locked row while others wait already (`withoutWaiting`).
 */
export class HeldUpUnitOfWork implements UnitOfWork {
  readonly #options: HeldUpUnitOfWorkOptions;
  #waiting = 0;

  constructor(options: HeldUpUnitOfWorkOptions) {
    this.#options = options;
  }

  /** Whether a transaction waits, as far as that is known. */
  get hasWaiting(): boolean {
    return this.#waiting > 0;
  }

  async run<Result>(work: (stores: Stores) => Promise<Result>, options: UnitOfWorkOptions = {}): Promise<Result> {
    const { first } = this.#options;
    try {
      return await this.inPlace(() => first.run(work, options), options.signal);
    } catch (error) {
      if (!isHeldUp(error)) throw error;
      return await this.runHeldUp(work, options);
    }
  }

  /** For work that has already met a row that another transaction has locked. */
  runHeldUp<Result>(work: (stores: Stores) => Promise<Result>, options: UnitOfWorkOptions = {}): Promise<Result> {
    const { patient, heldUpPlaces } = this.#options;
    return heldUpPlaces.run(() => this.#counted(() => patient.run(work, options)), options);
  }

  /** Runs a transaction in a place, which it leaves early when it takes long and one of the `heldUpPlaces` is free. */
  async inPlace<Result>(transaction: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const place = await this.#options.places.enter({ signal });
    const running = transaction();
    void this.#endOrMove(running).finally(() => place[Symbol.dispose]());
    return await running;
  }

  async #endOrMove(transaction: Promise<unknown>): Promise<void> {
    const ended = transaction.then(ignore, ignore);
    const moved = Promise.withResolvers<void>();
    const move = async () => {
      moved.resolve();
      await ended;
    };
    const timer = setTimeout(() => {
      void this.#counted(() => ended);
      this.#options.heldUpPlaces.run(move).catch(ignore); // where none gets free in time, it keeps its own
    }, longMs);
    await Promise.race([ended, moved.promise]);
    clearTimeout(timer);
  }

  async #counted<Result>(wait: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    try {
      return await wait();
    } finally {
      this.#waiting -= 1;
    }
  }
}

const ignore = (): void => {};
