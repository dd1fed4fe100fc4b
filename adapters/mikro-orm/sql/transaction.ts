import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../own-entities.js';
import { isContention } from './driver-errors.js';

/**
 * Runs `work` in a transaction, once.
 * @throws whatever `work` throws, also when the connection broke and even the rollback failed; `dependency_unavailable` as `portError` says.
 */
export async function inOneTransaction<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  const failures: unknown[] = [];
  try {
    return await db.transaction().execute((transaction) =>
      work(transaction).catch((error: unknown) => {
        failures.push(error);
        throw error;
      }),
    );
  } catch (error) {
    throw failures.length > 0 ? failures[0] : error;
  }
}

/**
 * Runs `work` in a transaction; after a deadlock, or a lock that was not granted in time, again from the start.
 * @throws as `inOneTransaction` does
 */
export const inTransaction = <Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> =>
  retry(() => inOneTransaction(db, work));

/**
 * Runs several statements as one step: in the transaction that `tools` are of, or else in one of its own. `work` gets the tools of that
 * transaction.
 */
export const atomically = <Tools extends { readonly db: Db }, Result>(
  tools: Tools,
  work: (tools: Tools) => Promise<Result>,
): Promise<Result> => (tools.db.isTransaction ? work(tools) : inTransaction(tools.db, (db) => work({ ...tools, db })));

/**
 * Runs statements that are each a step of their own: after contention again from the start. Within a transaction they run once, since a
 * deadlock has undone what came before them too: then the whole unit of work runs again.
 */
export const retryUnlessInTransaction = <Result>(db: Db, work: () => Promise<Result>): Promise<Result> =>
  db.isTransaction ? work() : retry(work);

const maxAttempts = 6;
/** No new attempt after this time: the caller would no longer wait for the response. */
const lastAttemptAfterMs = 1500;

/** Runs the same again, after a short while, when it failed by an error that `isPassing`: by default a deadlock, or a lock not granted in time. */
export async function retry<Result>(attempt: () => Promise<Result>, isPassing = isContention): Promise<Result> {
  const deadline = performance.now() + lastAttemptAfterMs;
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || count === maxAttempts || performance.now() > deadline) throw error;
      await delay(Math.random() * 10 * 2 ** count);
    }
  }
}
