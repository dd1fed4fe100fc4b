import type { Db } from '../entities/own-entities.js';
import { againAfterContention } from './again-after-contention.js';

/**
 * Runs statements that are each a step of their own: after contention again from the start. Within a transaction they run once,
 * since a deadlock has undone what came before them too: then the whole unit of work runs again.
 */
export const steadily = <Result>(db: Db, work: () => Promise<Result>): Promise<Result> =>
  db.isTransaction ? work() : againAfterContention(work);
