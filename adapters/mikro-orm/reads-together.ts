import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { AccountStatements, SubscribedRow } from './accounts/account-statements.js';
import type { Db } from './entities/own-entities.js';
import type { AccountRow, ExistingTables } from './schema-map/existing-tables.js';
import { keyValue } from './schema-map/user-key.js';
import type { SessionRow } from './sessions/session-row.js';
import { AskedTogether } from './sql/asked-together.js';
import type { ListStatement } from './sql/list-statement.js';

/** What many read at once, outside of transactions or in one that they share. */
export interface ReadsTogether {
  readonly sessions: AskedTogether<SessionId, SessionRow>;
  /** Null where keys are texts: in what order and spelling a list of them is found is their collation's to say. */
  readonly accounts: AskedTogether<UserId, AccountRow> | null;
  /** Null in that case too, and where there is no subscriptions table. */
  readonly subscribedAccounts: AskedTogether<UserId, SubscribedRow> | null;
}

interface ReadingTools {
  readonly db: Db;
  readonly existing: ExistingTables;
  readonly statements: Pick<AccountStatements, 'findMany' | 'findManySubscribed'>;
}

export function readsTogether({ db, existing, statements }: ReadingTools): ReadsTogether {
  const options = db.isTransaction ? { atOnce: 1 } : {};
  const { key } = existing.map.users;
  const readAccounts = <Row extends AccountRow>(statement: ListStatement<Row>) =>
    new AskedTogether<UserId, Row>(async (ids) => {
      const keys = ids.map((id) => keyValue(id, key)).filter((value) => typeof value === 'number' || typeof value === 'bigint');
      const { rows } = keys.length === 0 ? { rows: [] } : await statement.run(db, keys);
      return Map.groupBy(rows, (row) => String(row.id) as UserId);
    }, options);
  const isInteger = key.kind === 'integer';
  return {
    sessions: new AskedTogether(async (ids) => {
      const rows = await db.selectFrom('auth_sessions').selectAll().where('id', 'in', ids).execute();
      return Map.groupBy(rows, ({ id }) => id as SessionId);
    }, options),
    accounts: isInteger ? readAccounts(statements.findMany) : null,
    subscribedAccounts: isInteger && statements.findManySubscribed !== null ? readAccounts(statements.findManySubscribed) : null,
  };
}
