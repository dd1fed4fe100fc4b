import { sql } from 'kysely';
import { canonicalEmail } from '../../../core/domain/accounts/email-address.js';
import { type AccountRow, type ExistingTables, theirHash } from '../schema-map/existing-tables.js';
import type { KeyValue } from '../schema-map/user-key.js';
import { ListStatement } from '../sql/list-statement.js';
import { type PreparedTexts, ReadyStatement } from '../sql/ready-statement.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { type PeriodRow, periodColumns } from '../subscriptions/subscription-period.js';

export type AddressRow = Pick<AccountRow, 'email'>;

/** A placeholder for every ordinary address (`AddressColumn.isOrdinary`): the statements are the same for all of them. */
const ordinaryAddress = canonicalEmail('name@domain.example');

/** An account with one of its periods, or without a period. */
export interface SubscribedRow extends AccountRow, PeriodRow {
  /** The key in the spelling of the subscriptions table; null where there is no period. */
  readonly periodOf: KeyValue | null;
}

export interface AccountStatementsParts {
  readonly existing: ExistingTables;
  readonly flavour: SqlFlavour;
  readonly texts: PreparedTexts;
}

/**
 * Statements that read accounts by their keys, and that record logins. An account has one row for each combination of its credentials and
 * periods.
 */
export type AccountStatements = ReturnType<typeof accountStatements>;

export function accountStatements({ existing, flavour, texts }: AccountStatementsParts) {
  const { accountColumns, accounts, map } = existing;
  const { users, credentials, subscriptions } = map;
  // For text keys: a text that needs a conversion where any text does.
  const anyKey = users.key.kind === 'integer' ? 0 : '\u{10ffff}';
  const find = sql<AccountRow>`select ${accountColumns} from ${accounts} where ${existing.hasKey(anyKey)}`;
  const key = sql.ref(`u.${users.key.column}`);
  const isOf = existing.isKey('c', credentials.table, credentials.userId, anyKey);
  const isJudged = sql`cast(${theirHash(credentials)} as binary) = cast(${''} as binary)`;
  // A locking read sees the current row, and not the row as it was when the statement started to wait for its lock.
  const hasNoOverlay = sql`not exists (select 1 from auth_credentials as o where o.user_id = ${''} lock in share mode)`;
  const address = sql.ref(`u.${users.email}`);
  const addresses = sql<AddressRow>`select ${address} as email from ${sql.table(users.table)} as u where ${existing.mayHaveEmail(ordinaryAddress)}`;
  const common = {
    /** Takes `AddressColumn.parameters` of an ordinary address. */
    findAddresses: new ReadyStatement({ builder: addresses, texts }),
    /** Takes `AddressColumn.parameters` and `unseenParameters` of an ordinary address. */
    findAllAddresses: new ReadyStatement({
      builder: sql<AddressRow>`${addresses} or ${existing.address.mayBeBehindUnseen(ordinaryAddress, flavour.kind)}`,
      texts,
    }),
    /**
     * Records a login where the existing table's hash is the one that was verified, and no overlay replaces it. Takes the time, the key,
     * the hash and the user's id. Null where the mapping has no column for it, and on SQLite, where a round trip costs nothing.
     */
    noteLogin:
      credentials.lastLoginAt === null || flavour.kind === 'sqlite'
        ? null
        : new ReadyStatement({
            builder: sql`update ${sql.table(credentials.table)} as c set ${sql.ref(`c.${credentials.lastLoginAt}`)} = ${''}
              where ${isOf} and ${isJudged} and ${hasNoOverlay}`,
            texts,
          }),
    /** Takes the key. */
    find: new ReadyStatement({ builder: find, texts }),
    /** Takes the key. */
    findForUpdate: new ReadyStatement({ builder: sql<AccountRow>`${find} ${flavour.forUpdate}`, texts }),
    findMany: new ListStatement(sql<AccountRow>`select ${accountColumns} from ${accounts} where ${key}`),
  };
  if (subscriptions === null) return { ...common, findSubscribed: null, findManySubscribed: null };
  const { table, userId } = subscriptions;
  const owner = sql.ref(`s.${userId}`);
  const withPeriods = sql`select ${accountColumns}, ${owner} as periodOf, ${periodColumns(subscriptions)}
    from ${accounts} left join ${sql.table(table)} as s on`;
  const findSubscribed = sql<SubscribedRow>`${withPeriods} ${existing.isKey('s', table, userId, anyKey)} where ${existing.hasKey(anyKey)}`;
  return {
    ...common,
    /** Takes the key twice. Null where there is no subscriptions table, as is the next statement. */
    findSubscribed: new ReadyStatement({ builder: findSubscribed, texts }),
    findManySubscribed: new ListStatement(sql<SubscribedRow>`${withPeriods} ${owner} = ${key} where ${key}`),
  };
}
