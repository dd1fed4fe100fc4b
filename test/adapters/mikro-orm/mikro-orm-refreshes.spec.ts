import { expect } from 'chai';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { RotationOutcome } from '../../../core/domain/sessions/rotation.js';
import type { Session } from '../../../core/domain/sessions/session.js';
import { existingHands } from '../../contracts/support/existing-hands.js';
import { isSomebodyWaiting } from '../../contracts/support/is-somebody-waiting.js';
import { openMigrated } from '../../contracts/support/migrated-database.js';
import { statementsOf } from '../../contracts/support/statement-counts.js';
import { eventually } from '../../journeys/support/phone.js';
import { origin, policy, sampleSession, t0, tally } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';
import { type DatabaseServer, startDatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';

const now = t0 + 1000;

describe('Refreshes of one moment', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  const people: UserId[] = [];
  let sessions: readonly Session[] = [];

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 6 }));
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (let index = 0; index < 12; index += 1) people.push(await addUser({ email: `p${index}@example.org` }));
  });
  beforeEach(async () => {
    sessions = people.map((id) => sampleSession(id));
    for (const session of sessions) await database.stores.sessions.open(session);
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const refresh = (seen: Session, index = 0): Promise<RotationOutcome> => {
    const request = {
      sessionId: seen.id,
      counter: seen.counter,
      seen,
      now: now + index,
      origin: { ...origin, ip: `192.0.2.${index}` },
      policy,
    };
    return database.unitOfWork.run((stores) => stores.sessions.rotate(request), { subject: seen.id });
  };
  const refreshAll = () => Promise.all(sessions.map(refresh));
  const kinds = (outcomes: readonly RotationOutcome[]) => outcomes.map(({ kind }) => kind);

  it('are rotated by two statements that end in one commit, each to what is its own', async () => {
    let outcomes: readonly RotationOutcome[] = [];
    const spent = await statementsOf(test, async () => {
      outcomes = await refreshAll();
    });
    expect(kinds(outcomes)).to.deep.equal(sessions.map(() => 'rotated'));
    expect({ update: spent('update'), commit: spent('commit') }).to.deep.equal({ update: 1, commit: 1 });
    expect(spent('select')).to.be.within(1, 2);
    for (const [index, { id, counter }] of sessions.entries()) {
      const stored = await database.stores.sessions.find(id);
      expect(stored).to.include({ counter: counter + 1, rotatedAt: now + index, ip: `192.0.2.${index}` });
      expect(outcomes[index]).to.deep.equal({ kind: 'rotated', session: stored });
    }
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

  itInTime('are judged by what is committed once the row is free', async () => {
    const all = await database.unitOfWork.run(async (stores) => {
      await stores.sessions.revoke({ kind: 'one', sessionId: (sessions[3] as Session).id }, 'logout', now);
      const waiting = refreshAll();
      await eventually(
        () => isSomebodyWaiting(test),
        (is) => is,
        900,
      );
      return { waiting };
    });
    expect(tally(kinds(await all.waiting))).to.deep.equal({ rotated: 11, revoked: 1 });
  });

  it('wait for no session that is none of theirs', async () => {
    const held = sampleSession(people[0] as UserId);
    await database.stores.sessions.open(held);
    const spent = await statementsOf(test, async () => {
      const outcomes = await database.unitOfWork.run(async (stores) => {
        await stores.sessions.revoke({ kind: 'one', sessionId: held.id }, 'logout', now);
        return await refreshAll();
      });
      expect(kinds(outcomes)).to.deep.equal(sessions.map(() => 'rotated'));
    });
    expect({ commit: spent('commit'), rollback: spent('rollback') }).to.deep.equal({ commit: 2, rollback: 0 });
  });
});
