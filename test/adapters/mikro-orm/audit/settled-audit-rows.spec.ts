import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { auditEvent } from '../../../../core/domain/audit/audit-event.js';
import { migratedDatabase } from '../../../contracts/support/migrated-database.js';
import { origin, t0 } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';

const event = auditEvent({ occurredAt: t0, event: 'login', outcome: 'success', origin });
const everything = { after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 1000 };

describe('The audit log on a server', () => {
  const place = migratedDatabase();
  const empty = async () => {
    for (const table of ['audit_logs', 'audit_seals']) await place.test.query(`truncate ${table}`);
  };

  /** Resolves when a transaction waits for an uncommitted row of the audit log. */
  async function untilWaitedFor(): Promise<void> {
    for (;;) {
      await delay(150); // InnoDB repeats its result to a second query within 100 ms
      const waiting = await place.test.query(
        `select 1 from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
         where t.trx_state = 'LOCK WAIT' and p.db = database() and t.trx_query like '%audit_logs%'`,
      );
      if (waiting.length > 0) return;
    }
  }

  itInTime('waits for a row that got its number first and commits last, and hands it out in its place', async () => {
    await empty();
    const isWritten = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const late = place.database.unitOfWork.run(async ({ audit }) => {
      await audit.record({ ...event, actor: 'late' });
      isWritten.resolve();
      await mayCommit.promise;
    });
    await isWritten.promise;
    let settling: Promise<number>;
    try {
      await place.database.stores.audit.record({ ...event, actor: 'early' });
      expect((await place.database.auditTrail.rows(everything)).map(({ actor }) => actor)).to.deep.equal(['early']);
      expect(await place.database.auditTrail.settledUpTo(0), 'nothing is settled behind a row that may still come').to.equal(0);
      settling = place.database.auditTrail.settledUpTo(0);
      await untilWaitedFor();
    } finally {
      mayCommit.resolve();
      await late;
    }
    expect(await settling, 'a commit within the wait is seen').to.equal(2);
    expect((await place.database.auditTrail.rows(everything)).map(({ actor }) => actor)).to.deep.equal(['late', 'early']);
  });

  it('calls a row that was taken back settled', async () => {
    await empty();
    const failure = new Error('no');
    await place.database.unitOfWork
      .run(async ({ audit }) => {
        await audit.record(event);
        throw failure;
      })
      .catch(() => {});
    await place.database.stores.audit.record(event);
    const [row] = await place.database.auditTrail.rows(everything);
    expect(row?.id).to.equal(2);
    expect(await place.database.auditTrail.settledUpTo(0)).to.equal(2);
  });
});
