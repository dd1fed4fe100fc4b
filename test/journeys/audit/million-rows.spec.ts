import { expect } from 'chai';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { NodeDigest } from '../../../adapters/node-crypto/node-digest.js';
import { ExportAudit } from '../../../core/usecases/audit/export-audit.js';
import { PruneAudit } from '../../../core/usecases/audit/prune-audit.js';
import { SealAudit } from '../../../core/usecases/audit/seal-audit.js';
import { VerifyAudit } from '../../../core/usecases/audit/verify-audit.js';
import { openByUrl } from '../../contracts/support/open-test-database.js';
import { liveHeapGrowth } from '../../support/live-heap.js';
import { type DatabaseServer, startDatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';
import { bySize } from '../../support/test-size.js';

const count = bySize({ short: 2 ** 16, long: 2 ** 20 });
/** Rows of one INSERT: each is a transaction, and none is too large to be undone in memory. */
const batch = 16 ** 4;
/** Growth of the live heap. The rows of the short form alone would take more. */
const maxMib = 12;
/** Room for the whole table, and for what is written before it must reach the disk; MariaDB and MySQL call the latter differently. */
const roomy = ['--innodb-buffer-pool-size=512M', '--loose-innodb-log-file-size=512M', '--loose-innodb-redo-log-capacity=512M'];

describe(`An audit log of ${bySize({ short: '65,536', long: 'a million' })} rows`, () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  before(async function () {
    this.timeout(600_000);
    server = await startDatabaseServer({ extraArgs: roomy });
    test = await server.createDatabase();
    await test.loadExistingSchema({ rows: false });
    database = await openByUrl(test.url);
    await database.migrations.up();
    const columns = 'occurred_at, event, outcome, user_id, session_id, actor, ip, user_agent, request_id, details';
    const sixteen = `(select 1 ${'union all select 1 '.repeat(15)})`;
    const insert = `insert into audit_logs (${columns})
      select ?, 'login', 'success', '42', ?, 'user', '192.0.2.7', ?, ?, '{"n":1}'
      from ${['a', 'b', 'c', 'd'].map((name) => `${sixteen} ${name}`).join(' cross join ')}`;
    for (let made = 0; made < count; made += batch) {
      await test.query(insert, [
        '2026-01-31 12:00:00.000',
        '019c8b6e-ad04-738a-93a8-69b5c64e5df0',
        'MoveApp/1.0 (Téléphone)',
        'ee6f62e9c9ca38be7edcc93d998c1413',
      ]);
    }
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const ports = () => ({
    auditTrail: database.auditTrail,
    auditSeals: database.auditSeals,
    unitOfWork: database.unitOfWork,
    digest: new NodeDigest(),
    clock: database.clock,
    metrics: new MemoryMetrics(),
  });

  /** Prints rows per second, and fails when the heap grew with the rows. */
  async function measured(what: string, work: () => Promise<number>): Promise<void> {
    const startedAt = performance.now();
    const { result: rows, peakMib } = await liveHeapGrowth(work);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(
      `      ${what}: ${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, live heap +${peakMib} MiB at most`,
    );
    expect(peakMib, 'MiB of live heap').to.be.lessThan(maxMib);
  }

  it('is sealed, verified, exported and pruned at a steady pace, in flat memory', async function () {
    this.timeout(600_000);
    await measured('sealing', async () => {
      for (;;) if ((await new SealAudit(ports()).execute()) === 0) break;
      return (await database.auditSeals.head()).sealedUpTo > count ? count : 0;
    });
    await measured('verifying', async () => {
      const { broken, rows } = await new VerifyAudit(ports()).execute();
      expect(broken).to.equal(null);
      expect(rows).to.equal(count);
      return rows;
    });
    await measured('exporting', async () => {
      let rows = 0;
      let last = 0;
      for await (const page of new ExportAudit(ports()).execute({ since: 0, actor: 'admin:test' })) {
        for (const { id } of page) {
          expect(id).to.be.greaterThan(last);
          last = id;
        }
        rows += page.length;
      }
      expect(rows).to.equal(count + 1);
      return rows;
    });
    await test.query(
      'update audit_logs set details = ? where id = (select id from (select id from audit_logs order by id desc limit 1 offset 1000) as t)',
      ['{"n":2}'],
    );
    const [broken] = (await test.query(
      `select s.id from audit_seals s join audit_logs l on l.id between s.first_row_id and s.last_row_id where l.details = '{"n":2}'`,
    )) as { readonly id: number }[]; // a cast: the columns of the statement
    await measured('pruning', async () => {
      const { deleted, brokenSealId } = await new PruneAudit(ports()).execute({ before: Date.UTC(2026, 1, 28) });
      expect(brokenSealId).to.equal(broken?.id);
      expect(deleted).to.be.greaterThan(count - 3000);
      return deleted;
    });
  });
});
