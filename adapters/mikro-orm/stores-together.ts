import { canonicalEmail, type EmailAddress } from '../../core/domain/accounts/email-address.js';
import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { Session } from '../../core/domain/sessions/session.js';
import type { AccountStatements, SubscribedRow } from './accounts/account-statements.js';
import { type CredentialRow, credentialRows } from './accounts/credential-rows.js';
import { type UserRowChange, writeUserRows } from './accounts/write-user-rows.js';
import type { Db } from './entities/own-entities.js';
import type { OwnStatements } from './own-statements.js';
import type { AccountRow, ExistingTables } from './schema-map/existing-tables.js';
import { idOf, keyValue } from './schema-map/user-key.js';
import { type Rotation, rotateTogether } from './sessions/rotate-together.js';
import { type SessionRow, sessionRow } from './sessions/session-row.js';
import { AskedTogether } from './sql/asked-together.js';
import type { ListStatement } from './sql/list-statement.js';

/** What many ask of stores at once, outside of transactions or in one that they share. */
export interface StoresTogether {
  readonly sessions: AskedTogether<SessionId, readonly SessionRow[]>;
  /** Rows of these addresses in any spelling. Only for addresses in ASCII: others may need a conversion, which a list has for all or none. */
  readonly credentials: AskedTogether<EmailAddress, readonly CredentialRow[]>;
  /** Null where keys are texts: in what order and spelling a list of them is found is their collation's to say. */
  readonly accounts: AskedTogether<UserId, readonly AccountRow[]> | null;
  /** Null in that case too, and where there is no subscriptions table. */
  readonly subscribedAccounts: AskedTogether<UserId, readonly SubscribedRow[]> | null;
  /** Answers how many sessions a user has, ended ones included. */
  readonly sessionCounts: AskedTogether<UserId, number>;
  /** Sessions to be opened. */
  readonly newSessions: AskedTogether<Session, void>;
  /** Answers whether the session was still what was judged. Null outside of a transaction. */
  readonly rotations: AskedTogether<Rotation, boolean> | null;
  /** Of one user each. Null where keys are texts. */
  readonly userChanges: AskedTogether<UserRowChange, void> | null;
}

interface TogetherTools {
  readonly db: Db;
  readonly existing: ExistingTables;
  readonly statements: Pick<AccountStatements, 'findMany' | 'findManySubscribed'> & Pick<OwnStatements, 'openSession'>;
}

export function storesTogether({ db, existing, statements }: TogetherTools): StoresTogether {
  const options = db.isTransaction ? { atOnce: 1 } : {};
  const { key } = existing.map.users;
  const readAccounts = <Row extends AccountRow>(statement: ListStatement<Row>) =>
    new AskedTogether<UserId, readonly Row[]>(async (ids) => {
      const keys = ids.map((id) => keyValue(id, key)).filter((value) => typeof value === 'number' || typeof value === 'bigint');
      const { rows } = keys.length === 0 ? { rows: [] } : await statement.run(db, keys);
      return listed(rows, (row) => idOf(row.id, key));
    }, options);
  const isInteger = key.kind === 'integer';
  return {
    sessions: new AskedTogether(async (ids) => {
      const rows = await db.selectFrom('auth_sessions').selectAll().where('id', 'in', ids).execute();
      return listed(rows, ({ id }) => id as SessionId);
    }, options),
    credentials: new AskedTogether(async (emails) => {
      const rows = await credentialRows({ db, existing }, existing.mayHaveEmail(...emails));
      return listed(rows, ({ email }) => canonicalEmail(email));
    }, options),
    accounts: isInteger ? readAccounts(statements.findMany) : null,
    subscribedAccounts: isInteger && statements.findManySubscribed !== null ? readAccounts(statements.findManySubscribed) : null,
    sessionCounts: new AskedTogether(async (ids) => {
      const { fn } = db;
      const counts = db.selectFrom('auth_sessions').select(['user_id', fn.countAll<string>().as('count')]);
      const rows = await counts.where('user_id', 'in', ids).groupBy('user_id').execute();
      const found = new Map(rows.map((row) => [row.user_id, Number(row.count)]));
      return (id) => found.get(id) ?? 0;
    }, options),
    newSessions: new AskedTogether(async (sessions) => {
      await statements.openSession.run(db, sessions.map(sessionRow));
      return () => {};
    }, options),
    rotations: db.isTransaction
      ? new AskedTogether(async (rotations) => {
          const rotated = await rotateTogether(db, rotations);
          return (rotation) => rotated.has(rotation);
        }, options)
      : null,
    userChanges: isInteger
      ? new AskedTogether(async (changes) => {
          const outcomes = await writeUserRows({ db, users: existing.map.users }, changes);
          return (change) => asPromise(outcomes.get(change));
        }, options)
      : null,
  };
}

function listed<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): (key: Key) => readonly Row[] {
  const lists = Map.groupBy(rows, keyOf);
  return (key) => lists.get(key) ?? [];
}

const asPromise = async <Value>(outcome: PromiseSettledResult<Value> | undefined): Promise<Value | undefined> => {
  if (outcome?.status === 'rejected') throw outcome.reason;
  return outcome?.value;
};
