import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import type { UnitOfWork } from '../../core/ports/unit-of-work.js';
import { batchedUnitOfWork } from './batched/batched-unit-of-work.js';
import { createStores } from './create-stores.js';
import type { DatabaseTarget } from './database-target.js';
import { MikroOrmUnitOfWork } from './mikro-orm-unit-of-work.js';
import { transactionPlaces } from './mysql/transaction-places.js';
import type { StoreTools } from './store-tools.js';

export interface UnitOfWorkForOptions {
  readonly target: DatabaseTarget;
  readonly poolMax: number;
  readonly tools: StoreTools;
  readonly isBatching: boolean;
  readonly auditOf?: (sink: AuditSink) => AuditSink;
}

/** Transactions of a pool with fewer than three connections are never batched: there would be no place of another kind. */
export function unitOfWorkFor({ target, poolMax, tools, isBatching, auditOf = (sink) => sink }: UnitOfWorkForOptions): UnitOfWork {
  const storesOf = (own: StoreTools) => {
    const stores = createStores(own);
    return { ...stores, audit: auditOf(stores.audit) };
  };
  if (isBatching && poolMax >= 3) return batchedUnitOfWork({ tools, storesOf, poolMax });
  const plain = new MikroOrmUnitOfWork({ tools, storesOf });
  if (target.kind === 'sqlite') return plain;
  // Of ten connections three are always there for reads.
  const places = transactionPlaces(poolMax - Math.floor(poolMax / 3));
  return { run: (work, options) => places.run(() => plain.run(work, options), options) };
}
