import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { type Connection, createConnection } from 'mysql2/promise';
import { AuditGuard } from '../../../../adapters/guarded-audit/audit-guard.js';
import { GuardedAuditSink } from '../../../../adapters/guarded-audit/guarded-audit-sink.js';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { type AuditEvent, auditEvent } from '../../../../core/domain/audit/audit-event.js';
import type { UserId } from '../../../../core/domain/ids.js';
import type { RotationOutcome } from '../../../../core/domain/sessions/rotation.js';
import type { Session } from '../../../../core/domain/sessions/session.js';
import type { AuditSink } from '../../../../core/ports/audit/audit-sink.js';
import { runDespiteAudit } from '../../../../core/usecases/steps/run-despite-audit.js';
import { existingHands } from '../../../contracts/support/existing-hands.js';
import { openMigrated } from '../../../contracts/support/migrated-database.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { eventually } from '../../../journeys/support/phone.js';
import { origin, policy, sampleSession, t0, tally } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';
import { isSomebodyWaiting } from '../../support/is-somebody-waiting.js';
import { statementsOf } from '../../support/statement-counts.js';

const now = t0 + 1000;

describe('Refreshes of one event-loop turn', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  let other: Connection;
  const people: UserId[] = [];
  let sessions: readonly Session[] = [];

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 6 }));
    other = await createConnection({ uri: test.rootUrl });
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (let index = 0; index < 12; index += 1) people.push(await addUser({ email: `p${index}@example.org` }));
  });
  beforeEach(async () => {
    sessions = people.map((id) => sampleSession(id));
    for (const session of sessions) await database.stores.sessions.open(session);
  });
  afterEach(() => other.rollback());
  after(async () => {
    other?.destroy();
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const requestFor = (seen: Session, index: number) => ({
    sessionId: seen.id,
    counter: seen.counter,
    seen,
    now: now + index,
    origin: { ...origin, ip: `192.0.2.${index}` },
    policy,
  });
  const refresh = (seen: Session, index = 0): Promise<RotationOutcome> =>
    database.unitOfWork.run(
      async (stores) => {
        const outcome = await stores.sessions.rotate(requestFor(seen, index));
        const { userId, id: sessionId } = seen;
        await stores.audit.record(auditEvent({ occurredAt: now, event: 'refresh', outcome: 'success', origin, userId, sessionId }));
        return outcome;
      },
      { sessionId: seen.id },
    );
  const refreshAll = () => Promise.all(sessions.map(refresh));
  const kinds = (outcomes: readonly RotationOutcome[]) => outcomes.map(({ kind }) => kind);

  it('run the same statements as alone, and end in one commit with one statement for the audit log', async () => {
    let outcomes: readonly RotationOutcome[] = [];
    const spent = await statementsOf(test, async () => {
      outcomes = await refreshAll();
    });
    expect(kinds(outcomes)).to.deep.equal(sessions.map(() => 'rotated'));
    expect({ update: spent('update'), insert: spent('insert'), commit: spent('commit') }).to.deep.equal({
      update: 12,
      insert: 1,
      commit: 1,
    });
    expect(spent('select')).to.be.within(1, 2); // the clock of the database reads it now and then
    for (const [index, { id, counter }] of sessions.entries()) {
      const stored = await database.stores.sessions.find(id);
      expect(stored).to.include({ counter: counter + 1, rotatedAt: now + index, ip: `192.0.2.${index}` });
      expect(outcomes[index]).to.deep.equal({ kind: 'rotated', session: stored });
    }
    const ids = (await test.query(`select session_id as id from audit_logs where event = 'refresh' order by id`)) as { id: string }[];
    expect(ids.map(({ id }) => id)).to.have.members(sessions.map(({ id }) => id));
  });

  it('have a transaction each where nothing is batched', async () => {
    await using plain = await openByUrl(test.url, { isBatching: false });
    const spent = await statementsOf(test, async () => {
      const rotate = (seen: Session) =>
        plain.unitOfWork.run((stores) => stores.sessions.rotate(requestFor(seen, 0)), { sessionId: seen.id });
      expect(kinds(await Promise.all(sessions.map(rotate)))).to.deep.equal(sessions.map(() => 'rotated'));
    });
    expect(spent('commit')).to.equal(12);
  });

  it('tell apart which of them came too late, and rotate the others', async () => {
    const [revoked, moved, gone, ...others] = sessions as [Session, Session, Session, ...Session[]];
    await test.query(`update auth_sessions set revoked_at = ?, revocation_reason = 'logout' where id = ?`, [t0, revoked.id]);
    await test.query('update auth_sessions set refresh_counter = 5, rotated_at = ? where id = ?', [t0, moved.id]);
    await test.query('delete from auth_sessions where id = ?', [gone.id]);
    expect(kinds(await refreshAll())).to.deep.equal(['revoked', 'reused', 'unknown', ...others.map(() => 'rotated')]);
    const stored = await Promise.all(sessions.map(({ id }) => database.stores.sessions.find(id)));
    expect(stored.map((session) => session?.counter ?? null)).to.deep.equal([0, 5, null, ...others.map(() => 1)]);
  });

  it('rotate each session once, however many present its token', async () => {
    const all = await Promise.all([...sessions, ...sessions, ...sessions].map(refresh));
    expect(tally(kinds(all))).to.deep.equal({ rotated: 12, repeated: 24 });
  });

  itInTime('do not wait for a session that another transaction has locked: it leaves the group before any work begins', async () => {
    const [locked, ...others] = sessions as [Session, ...Session[]];
    await other.beginTransaction();
    await other.query('select id from auth_sessions where id = ? for update', [locked.id]);
    let heldUp: Promise<RotationOutcome> | undefined;
    const startedAt = performance.now();
    const spent = await statementsOf(test, async () => {
      heldUp = refresh(locked);
      expect(kinds(await Promise.all(others.map(refresh)))).to.deep.equal(others.map(() => 'rotated'));
    });
    expect(performance.now() - startedAt, 'milliseconds').to.be.below(700);
    expect({ commit: spent('commit'), rollback: spent('rollback') }).to.deep.equal({ commit: 1, rollback: 0 });
    await other.query(`update auth_sessions set revoked_at = ?, revocation_reason = 'logout' where id = ?`, [t0, locked.id]);
    await other.commit();
    expect(await heldUp, 'it is judged by what is committed once the row is free').to.include({ kind: 'revoked' });
  });

  itInTime('are undone in a deadlock, and nothing that was still to be sent is committed by itself', async () => {
    const [first, second] = sessions as [Session, Session];
    await other.beginTransaction();
    await other.query(`insert into abonnement (user_id, formule, date_debut) with recursive n (i) as (select 1 union all select i + 1 from n
      where i < 500) select (select min(id) from users), i, '2020-01-01' from n`); // much to undo: the server ends the other transaction
    await other.query('select id from audit_logs for update'); // the one statement for the audit log waits
    const all = refreshAll();
    all.catch(() => {}); // awaited below
    await eventually(
      () => isSomebodyWaiting(test),
      (is) => is,
      900,
    );
    await other.query('select id from auth_sessions force index (primary) where id in (?, ?) for update', [first.id, second.id]);
    await other.rollback();
    expect(kinds(await all)).to.deep.equal(sessions.map(() => 'rotated'));
    const ids = (await test.query(`select session_id as id from audit_logs where event = 'refresh'`)) as { id: string }[];
    expect(tally(ids.map(({ id }) => id))).to.deep.include(Object.fromEntries(sessions.map(({ id }) => [id, 1])));
  });

  it('succeed without the audit log where it cannot be written: each row goes to the sink outside, once', async () => {
    const guard = new AuditGuard({ maxAttempts: 3, restMs: 1000 });
    await using guarded = await openByUrl(test.url, { auditOf: (sink) => new GuardedAuditSink({ sink, guard }) });
    const outside: AuditEvent[] = [];
    const audit: AuditSink = {
      record: async (event) => void outside.push(event),
      recordAll: async (events) => void outside.push(...events),
    };
    const refreshDespite = (seen: Session, index: number) =>
      runDespiteAudit(
        async (stores) => {
          const outcome = await stores.sessions.rotate(requestFor(seen, index));
          const { userId, id: sessionId } = seen;
          await stores.audit.record(auditEvent({ occurredAt: now, event: 'refresh', outcome: 'success', origin, userId, sessionId }));
          return outcome;
        },
        { unitOfWork: guarded.unitOfWork, audit },
        { sessionId: seen.id },
      );
    await test.query('rename table audit_logs to audit_logs_elsewhere');
    try {
      expect(kinds(await Promise.all(sessions.map(refreshDespite)))).to.deep.equal(sessions.map(() => 'rotated'));
    } finally {
      await test.query('rename table audit_logs_elsewhere to audit_logs');
    }
    expect(outside.map(({ sessionId }) => sessionId)).to.have.members(sessions.map(({ id }) => id));
    expect(guard.brokenForMs, 'the guard knows').not.to.equal(null);
  });

  it('keep the async context of each caller', async () => {
    const caller = new AsyncLocalStorage<number>();
    const seen = await Promise.all(
      sessions.map((session, index) =>
        caller.run(index, () =>
          database.unitOfWork.run(
            async (stores) => {
              const before = caller.getStore();
              await stores.sessions.rotate(requestFor(session, index));
              return [before, caller.getStore()];
            },
            { sessionId: session.id },
          ),
        ),
      ),
    );
    expect(seen).to.deep.equal(sessions.map((_, index) => [index, index]));
  });
});
