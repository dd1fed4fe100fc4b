import type { UnitOfWork } from '../../../core/ports/unit-of-work.js';
import { MikroOrmUnitOfWork, type MikroOrmUnitOfWorkOptions } from '../mikro-orm-unit-of-work.js';
import { transactionPlaces } from '../mysql/transaction-places.js';
import { isContention, isHeldUp } from '../sql/driver-errors.js';
import { inOneTransaction } from '../sql/transaction.js';
import { GroupCommit } from './commits.js';
import { lockFreeSessions, withoutWaiting } from './free-rows.js';
import { HeldUpUnitOfWork } from './held-up.js';

export interface BatchedUnitOfWorkOptions extends Required<Pick<MikroOrmUnitOfWorkOptions, 'tools' | 'storesOf'>> {
  /** Connections of the pool: three at least. */
  readonly poolMax: number;
}

/** Units of work that share commits where they may, and that wait for locked rows in places of their own. */
export function batchedUnitOfWork({ tools, storesOf, poolMax }: BatchedUnitOfWorkOptions): UnitOfWork {
  const heldUp: HeldUpUnitOfWork = new HeldUpUnitOfWork({
    first: new MikroOrmUnitOfWork({
      tools,
      storesOf: (own) => (heldUp.hasWaiting ? withoutWaiting(storesOf(own), own) : storesOf(own)),
      isPassing: (error) => isContention(error) && !isHeldUp(error),
    }),
    patient: new MikroOrmUnitOfWork({ tools, storesOf }),
    ...placesOf(poolMax),
  });
  return new GroupCommit({
    begin: (work) =>
      heldUp.inPlace(() =>
        inOneTransaction(tools.db, (db) => work({ stores: storesOf({ ...tools, db }), lockFree: (ids) => lockFreeSessions(db, ids) })),
      ),
    alone: heldUp,
    heldUp: { run: (work, options) => heldUp.runHeldUp(work, options) },
  });
}

/** Of ten connections six are for transactions, two for those that wait for a locked row, and two always for reads. */
const placesOf = (poolMax: number) => ({
  places: transactionPlaces(poolMax - Math.floor(poolMax / 3) - 1),
  heldUpPlaces: transactionPlaces(poolMax < 6 ? 1 : 2),
});
