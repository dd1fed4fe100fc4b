import { expect } from 'chai';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import { origin, policy, sampleSession, t0 } from '../../../kit/contracts/support/samples.js';
import { databaseOfEachTest } from '../../support/database-of-each-test.js';

describe('Prepared statements', () => {
  const own = databaseOfEachTest({ poolMax: 2 });
  let zoe: UserId;
  beforeEach(async () => {
    zoe = await own.hands.addUser({ email: 'zoe@example.org', lastName: 'Lemaître' });
  });

  const counter = async (name: string) => {
    const [row] = await own.test.query(`show global status like '${name}'`);
    return Number((row as { Value: string }).Value);
  };
  const view = () => own.database.unitOfWork.run(({ users }) => users.findSubscribed(zoe));

  /** Opens a session, refreshes it and records it, as a unit of work; the counter that comes of it. */
  const refresh = () =>
    own.database.unitOfWork.run(async ({ sessions, audit }) => {
      const session = sampleSession(zoe);
      await sessions.open(session);
      const outcome = await sessions.rotate({ sessionId: session.id, counter: 0, now: t0, origin, policy });
      await audit.record({
        ...{ occurredAt: t0, event: 'refresh', outcome: 'success', userId: zoe, sessionId: session.id, actor: 'user' },
        ...{ origin, details: {} },
      });
      return outcome.kind;
    });

  it('are prepared once by each connection, and executed from then on', async () => {
    await view();
    const [prepared, executed] = [await counter('Com_stmt_prepare'), await counter('Com_stmt_execute')];
    for (let count = 0; count < 20; count += 1) await view();
    expect((await counter('Com_stmt_prepare')) - prepared).to.be.at.most(1);
    expect((await counter('Com_stmt_execute')) - executed).to.be.at.least(20);
  });

  it('are not used where the server accepts no more of them', async () => {
    const [before] = (await own.test.query('select @@global.max_prepared_stmt_count as most')) as { most: number }[];
    await own.test.query('set global max_prepared_stmt_count = 0');
    try {
      for (let count = 0; count < 3; count += 1) expect(await view()).to.include({ lastName: 'Lemaître' });
      expect(await refresh()).to.equal('rotated');
      expect(await own.test.query('select event from audit_logs')).to.have.length(1);
    } finally {
      await own.test.query(`set global max_prepared_stmt_count = ${before?.most ?? 16_382}`);
    }
  });

  it('follow a table that another application changes', async () => {
    expect(await view()).to.include({ lastName: 'Lemaître' });
    await own.test.query('alter table users add column note varchar(10) null first');
    await own.test.query('alter table users modify nom varchar(150) null');
    await own.test.query('alter table auth_sessions add column note varchar(10) null first');
    expect(await view()).to.include({ lastName: 'Lemaître', email: 'zoe@example.org' });
    expect(await refresh()).to.equal('rotated');
  });

  it('are prepared again after the server was restarted, and after a connection was killed', async () => {
    await view();
    await own.server.stop();
    await own.server.start();
    expect(await view()).to.include({ email: 'zoe@example.org' });
    const rows = (await own.test.query('show processlist')) as { Id: number; db: string | null; Command: string }[];
    for (const { Id, db, Command } of rows) if (db === own.test.name && Command === 'Sleep') await own.test.query(`kill ${Id}`);
    expect(await view().catch(() => view())).to.include({ email: 'zoe@example.org' });
    expect(await refresh()).to.equal('rotated');
  });

  it('leave a time in the audit log its last digits, which its seals need', async () => {
    const midnight = Date.UTC(2026, 0, 31);
    const event = { event: 'refresh', outcome: 'success', userId: zoe, sessionId: null, actor: 'user', origin, details: {} } as const;
    await own.database.stores.audit.record({ ...event, occurredAt: midnight });
    const [row] = await own.database.auditTrail.rows({ after: 0, upTo: 1000, limit: 10 });
    expect(row?.occurredAt).to.equal('2026-01-31 00:00:00.000');
  });

  it('find no user for a key beyond the range of an integer', async () => {
    expect(await own.database.stores.users.findSubscribed(userId('9223372036854775807'))).to.equal(null);
    expect(await own.database.stores.users.findSubscribed(userId('9223372036854775808'))).to.equal(null);
  });
});
