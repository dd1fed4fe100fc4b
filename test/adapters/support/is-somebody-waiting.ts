import { setTimeout as delay } from 'node:timers/promises';
import type { TestDatabase } from '../../support/servers/test-database.js';

/** Whether a transaction waits for a row that another one holds. */
export async function isSomebodyWaiting(test: Pick<TestDatabase, 'query'>): Promise<boolean> {
  await delay(150); // InnoDB repeats its result to a second query within 100 ms
  return (await test.query(`select 1 from information_schema.innodb_trx where trx_state = 'LOCK WAIT'`)).length > 0;
}
