import { createHash } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { connectionOptions, type MysqlTarget } from '../mysql/mysql-target.js';
import { anyServerSettings, applySettings } from '../mysql/session-statements.js';
import { portError } from '../sql/driver-errors.js';

const timeoutSeconds = 60;

/**
 * Runs `work` while no other process does the same on this database. The server releases the lock when its connection ends, however this
 * process ends. Lock names are global to the server, and short.
 */
export async function withMigrationLock<Result>(target: MysqlTarget, work: () => Promise<Result>): Promise<Result> {
  const name = `move-acces-${createHash('sha256').update(target.database).digest('hex').slice(0, 40)}`;
  const connection = await createConnection({ ...connectionOptions(target), connectTimeout: 5000 }).catch(rethrow);
  connection.on('error', () => {});
  try {
    const settings = anyServerSettings({ lockWaitSeconds: timeoutSeconds, statementMs: 0 });
    await applySettings((sql) => connection.query(sql), settings).catch(rethrow);
    const [rows] = await connection.query<RowDataPacket[]>('select get_lock(?, ?) as isHeld', [name, timeoutSeconds]).catch(rethrow);
    if (rows[0]?.isHeld !== 1) throw new Error(`another process has been migrating this database for ${timeoutSeconds} seconds`);
    return await work();
  } finally {
    connection.destroy();
  }
}

function rethrow(error: unknown): never {
  throw portError(error);
}
