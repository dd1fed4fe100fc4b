import { sql } from 'kysely';
import type { DatabaseTarget } from '../database-target.js';
import { isolationStatement } from '../mysql/session-statements.js';
import { openOrm } from '../open-orm.js';
import type { Db, OwnTables } from '../own-entities.js';

/** Only an operator waits for the result, and a large table takes long. */
const patience = { connectionMs: 5000, answerMs: 1_800_000, lockWaitSeconds: 5, statementMs: 0 };

const beginning = {
  mysql: [isolationStatement('repeatable read'), 'start transaction with consistent snapshot, read only'],
  sqlite: ['pragma query_only = 1', 'begin deferred'],
} as const;

/** Runs `look` on its own read-only connection with a consistent snapshot of the database. */
export async function inSnapshot<Result>(target: DatabaseTarget, look: (db: Db) => Promise<Result>): Promise<Result> {
  const orm = await openOrm({ target, poolMax: 1, patience });
  try {
    const pool: Db = orm.em.fork().getKysely<OwnTables>();
    return await pool.connection().execute(async (db) => {
      for (const statement of beginning[target.kind]) await sql.raw(statement).execute(db);
      return await look(db); // the transaction ends with the connection
    });
  } finally {
    await orm.close(true);
  }
}
