import type { Db } from '../entities/own-entities.js';
import { againAfterContention } from './again-after-contention.js';

/**
 * Runs `work` in a transaction; after a deadlock, or a lock that was not granted in time, again from the start.
 * @throws as `inOneTransaction` does
 */
export const inTransaction = <Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> =>
  againAfterContention(() => inOneTransaction(db, work));

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
