import { expect } from 'chai';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { canonicalEmail } from '../../../core/domain/accounts/email-address.js';
import { CheckSchema } from '../../../core/usecases/operations/check-schema.js';
import { openByUrl } from '../../contracts/support/open-test-database.js';
import { sampleSession, t0 } from '../../kit/contracts/support/samples.js';
import { hasherOfAllFormats } from '../../support/foreign-hashes/hasher-of-all-formats.js';
import { liveHeapGrowth } from '../../support/live-heap.js';
import { type DatabaseServer, startDatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { bySize } from '../../support/test-size.js';
import { emailOf, loadAccounts } from '../support/load-accounts.js';

const doublings = bySize({ short: 14, long: 20 });
/** Growth of the live heap. */
const maxMib = 12;

describe(`A users table of ${bySize({ short: '16,384', long: 'a million' })} rows`, () => {
  /** Few accounts, but enough that the server prefers the index to reading them all; and those with all the others. */
  const sizes = [8, doublings] as const;
  const logins = Array.from({ length: 16 }, (_, index) => index + 1);
  let server: DatabaseServer;
  const tests: TestDatabase[] = [];
  const databases: Database[] = [];
  before(async function () {
    this.timeout(300_000);
    server = await startDatabaseServer({ extraArgs: ['--innodb-buffer-pool-size=512M'] });
    for (const power of sizes) {
      const test = await server.createDatabase();
      tests.push(test);
      await loadAccounts(test, power);
      const database = await openByUrl(test.url);
      databases.push(database);
      await database.migrations.up();
      await database.warmUp();
    }
  });
  after(async function () {
    this.timeout(60_000);
    for (const database of databases) await database[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  /** How often the server has read a row, for any client. */
  async function rowsRead(): Promise<number> {
    const rows = (await tests[0]?.query("show global status like 'Handler_read%'")) as { Value: string }[];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  }

  /** What a login does on the database. */
  async function work({ stores, unitOfWork }: Database, id: number): Promise<void> {
    const lookup = await stores.credentials.findByEmail(canonicalEmail(emailOf(id)));
    if (lookup.kind !== 'found') throw new Error(lookup.kind);
    const { credential } = lookup;
    await unitOfWork.run(async ({ credentials, sessions }) => {
      expect(await credentials.recordLogin({ credential, at: t0, upgradedHash: null })).to.equal(true);
      await sessions.open(sampleSession(credential.userId));
    });
    await stores.users.find(credential.userId);
    await stores.subscriptions.periodsOf(credential.userId);
  }

  it('has as many rows read for a login as one of 256', async function () {
    this.timeout(60_000);
    const read: number[] = [];
    for (const database of databases) {
      await work(database, 7);
      const before = await rowsRead();
      for (const id of logins) await work(database, id);
      read.push((await rowsRead()) - before);
    }
    console.log(`      rows read for ${logins.length} logins: ${read[0]} of ${2 ** sizes[0]} accounts, ${read[1]} of ${2 ** doublings}`);
    expect(read[1]).to.equal(read[0]);
  });

  it('is checked account by account in flat memory', async function () {
    this.timeout(600_000);
    const [, database] = databases;
    if (database === undefined) throw new Error('it was not opened');
    const startedAt = performance.now();
    const check = new CheckSchema({ ...database, hasher: hasherOfAllFormats() });
    const { result: report, peakMib } = await liveHeapGrowth(() => check.execute({ accept: false }));
    console.log(`      checked in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, live heap +${peakMib} MiB at most`);
    expect(report.survey).to.deep.include({ accounts: 2 ** doublings, hashes: [{ scheme: 'argon2id', count: 2 ** doublings }] });
    expect(report.counts.error).to.equal(0);
    expect(peakMib, 'MiB of live heap').to.be.lessThan(maxMib);
  });
});
