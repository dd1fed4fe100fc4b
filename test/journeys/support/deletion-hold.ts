import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

/** Keeps another process from getting past the deletion of one row of the audit log. */
export interface DeletionHold {
  /** Returns what ends it. That waits until no deletion is under way any more, of which the process was killed. */
  at(id: number): Promise<() => Promise<void>>;
}

/** `place`: a URL of MySQL or MariaDB, or the path of an embedded file. */
export const deletionHold = (place: string): DeletionHold => ({
  at: (id) => (place.includes('://') ? lockRow(place, id) : slowTrigger(place, id)),
});

async function lockRow(url: string, id: number): Promise<() => Promise<void>> {
  const connection = await createConnection(url);
  await connection.query('start transaction');
  await connection.query('select id from audit_logs where id = ? for update', [id]);
  return async () => {
    // a server that waits for a lock does not notice that its client is gone
    const underWay = `select 1 from information_schema.processlist where db = database() and info like 'delete from %audit_logs%'`;
    while (((await connection.query(underWay))[0] as unknown[]).length > 0) await delay(50);
    connection.destroy();
  };
}

async function slowTrigger(file: string, id: number): Promise<() => Promise<void>> {
  const forever = 'with recursive n(x) as (select 1 union all select x + 1 from n where x < 100000000000) select count(*) from n';
  const run = (statement: string) => {
    const database = new DatabaseSync(file, { timeout: 5000 });
    database.exec(statement);
    database.close();
  };
  run(`create trigger held before delete on audit_logs when old.id = ${id} begin select (${forever}); end`);
  return async () => run('drop trigger held');
}
