import { takeOutputs } from './kept-output.js';
import { redisDump } from './redis-dump.js';
import { SecretLedger } from './secret-ledger.js';
import { expectNoSecret, usedSecrets } from './used-secrets.js';

export interface StageRemains {
  /** Runs a query on the stage's database. */
  readonly query: (sql: string) => Promise<readonly unknown[]>;
  /** null without one. */
  readonly redisUrl: string | null;
}

/**
 * Searches the remains of a stage, its audit log, Redis and the logs of its servers, for every secret that was used and for every hash in
 * its tables. @throws an error that shows the first
 */
export async function expectCleanStage({ query, redisUrl }: StageRemains): Promise<void> {
  const hashes = new SecretLedger();
  for (const row of [...(await rowsOf(query, 'acces_app')), ...(await rowsOf(query, 'auth_credentials'))]) {
    for (const [column, value] of Object.entries(row)) if (/mot_de_passe|hash/.test(column)) hashes.note(value);
  }
  const audit = JSON.stringify(await rowsOf(query, 'audit_logs'));
  const redis = redisUrl === null ? '' : await redisDump(redisUrl).catch(() => ''); // a test may have stopped it
  const logs = takeOutputs();
  for (const secrets of [usedSecrets, hashes]) {
    expectNoSecret(audit, 'the audit log', secrets);
    expectNoSecret(redis, 'Redis', secrets);
    expectNoSecret(logs, 'a log', secrets);
  }
}

/** Returns no rows where a test has removed the table or the whole database. */
const rowsOf = async (query: StageRemains['query'], table: string): Promise<readonly object[]> =>
  // a cast: rows are objects
  (await query(`select * from ${table}`).catch(() => [])) as readonly object[];
