import { AsyncLocalStorage } from 'node:async_hooks';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../../core/ports/unit-of-work.js';
import { Batcher } from '../../concurrency/batcher.js';
import { DatabaseFault } from '../sql/database-fault.js';
import { CommitGroup, type Ending, type SharedTransaction, type Unit } from './commit-group.js';

/*
 * Several units of work, each on a session of its own, run their own statements in one transaction: the same statements, one commit.
 *
 * | outcome                                                    | what happens to each unit of the group                                 |
 * |------------------------------------------------------------|------------------------------------------------------------------------|
 * | all succeeded                                              | one commit, then each resolves with its own result                     |
 * | another transaction has locked the row of its session      | leaves the group before any work begins, and runs through `heldUp`     |
 * | one refused: its work rejected, or its caller has given up | rollback; it rejects with its own error, each of the others runs alone |
 * | the rows of the audit log could not be written             | rollback; each runs alone, and its own row shows what is wrong         |
 * | contention: a deadlock, a lock that was not granted        | rollback; each runs alone                                              |
 * | no connection, or it broke before any work began           | each rejects with that error, as it would alone                        |
 * | commit unknown: it failed, and not by contention           | each rejects with that error: to run again could be to do it twice     |
 */

export interface GroupCommitOptions {
  /** Runs work in a transaction, once. */
  begin(work: (transaction: SharedTransaction) => Promise<void>): Promise<void>;
  /** For a unit that shares no transaction. */
  readonly alone: UnitOfWork;
  /** For a unit whose row another transaction has locked. */
  readonly heldUp: UnitOfWork;
}

const maxUnits = 16;
/** While so many groups are under way, the next units gather. */
const maxGroups = 2;

/** Lets units of work on different sessions share a transaction. A unit that comes alone has a transaction to itself. */
export class GroupCommit implements UnitOfWork {
  readonly #options: GroupCommitOptions;
  readonly #batcher = new Batcher<Unit, unknown>({
    run: async (units) => {
      const group = await this.#share(units);
      return (unit) => this.#end(unit, group.endingOf(unit));
    },
    maxItems: maxUnits,
    maxConcurrent: maxGroups,
    // Row locks do not isolate a transaction from itself.
    keyOf: ({ sessionId }) => sessionId,
  });
  /** False once the server has shown that it cannot skip locked rows (MySQL before 8.0, MariaDB before 10.6). */
  #canSkipLocked = true;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  async run<Result>(work: (stores: Stores) => Promise<Result>, options: UnitOfWorkOptions = {}): Promise<Result> {
    const { sessionId, signal } = options;
    if (sessionId === undefined || !this.#canSkipLocked) return await this.#options.alone.run(work, options);
    const result = await this.#batcher.add({ sessionId, signal, work, inContext: AsyncLocalStorage.snapshot() });
    return result as Result; // a cast: it is what this work resolved with
  }

  async #share(units: readonly Unit[]): Promise<CommitGroup> {
    const group = new CommitGroup(units);
    if (units.length === 1) return group;
    try {
      await this.#options.begin((transaction) => group.run(transaction));
    } catch (error) {
      if (error instanceof DatabaseFault) this.#canSkipLocked = false;
      group.fail(error);
    }
    return group;
  }

  async #end({ work, signal, inContext }: Unit, ending: Ending): Promise<unknown> {
    switch (ending.kind) {
      case 'resolved':
        return ending.value;
      case 'rejected':
        throw ending.error;
      case 'alone':
        return await inContext(() => this.#options.alone.run(work, signal && { signal }));
      case 'held_up':
        return await inContext(() => this.#options.heldUp.run(work, signal && { signal }));
    }
  }
}
