import { sql } from 'kysely';
import type { AccountRow, ExistingTables } from '../schema-map/existing-tables.js';
import type { KeyValue } from '../schema-map/user-key.js';
import { type PreparedTexts, ReadyStatement } from '../sql/ready-statement.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { type PeriodRow, periodColumns } from './subscription-period.js';

/** One of the periods of an account, or of its having none. */
export interface SubscribedRow extends AccountRow, PeriodRow {
  /** As the subscriptions table spells the key; null where there is no period. */
  readonly periodOf: KeyValue | null;
}

export interface AccountStatementsParts {
  readonly existing: ExistingTables;
  readonly flavour: SqlFlavour;
  readonly texts: PreparedTexts;
}

/** Read an account by its key, which is each of their parameters. An account has as many rows as it has credentials and periods. */
export type AccountStatements = ReturnType<typeof accountStatements>;

export function accountStatements({ existing, flavour, texts }: AccountStatementsParts) {
  const { accountColumns, accounts, map } = existing;
  const { users, subscriptions } = map;
  // Of the texts one that needs converting where any does.
  const anyKey = users.key.kind === 'integer' ? 0 : '\u{10ffff}';
  const find = sql<AccountRow>`select ${accountColumns} from ${accounts} where ${existing.hasKey(anyKey)}`;
  return {
    find: new ReadyStatement({ builder: find, texts }),
    findForUpdate: new ReadyStatement({ builder: sql<AccountRow>`${find} ${flavour.forUpdate}`, texts }),
    /** Takes the key twice. Null where there is no subscriptions table. */
    findSubscribed:
      subscriptions === null
        ? null
        : new ReadyStatement({
            builder: sql<SubscribedRow>`select ${accountColumns}, ${sql.ref(`s.${subscriptions.userId}`)} as periodOf, ${periodColumns(subscriptions)}
              from ${accounts} left join ${sql.table(subscriptions.table)} as s on ${existing.isKey('s', subscriptions.table, subscriptions.userId, anyKey)}
              where ${existing.hasKey(anyKey)}`,
            texts,
          }),
  };
}
