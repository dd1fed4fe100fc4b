import { expect } from 'chai';
import { noOrigin } from '../../../core/domain/origin.js';
import { maxSessionsPerUser } from '../../../core/domain/sessions/session.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { EndSessions } from '../../../core/usecases/sessions/end-sessions.js';
import { type ListedSessions, ListSessions } from '../../../core/usecases/sessions/list-sessions.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { LogOut } from '../../../core/usecases/sessions/log-out.js';
import { PruneSessions } from '../../../core/usecases/sessions/prune-sessions.js';
import { RefreshSession } from '../../../core/usecases/sessions/refresh-session.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password: 'correct horse', origin });
const logIn = (world: World) => new LogIn(world).execute({ email: 'ana@example.org', password: 'correct horse', origin });
const unknownId = '00000000-0000-7000-8000-000000000000';
const minute = 60_000;
const day = 24 * 60 * minute;

describe('The sessions of one account', () => {
  it('are bounded: one sign-in more ends the one that was used longest ago, announces it and records why', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    const logIn = new LogIn(world);
    const again = { email: profile.user.email, password: 'correct horse', origin };
    for (let count = 1; count < maxSessionsPerUser; count += 1) {
      world.clock.advance(1);
      await logIn.execute(again);
    }
    expect(world.revokedSessions.size).to.equal(0);
    const { tokens: next } = await logIn.execute(again);
    expect(world.revokedSessions.has(tokens.sessionId)).to.equal(true);
    expect(world.revokedSessions.size).to.equal(1);
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(maxSessionsPerUser);
    const row = world.database.auditEvents.findLast(({ event }) => event === 'session_revoke');
    expect(row).to.deep.include({
      sessionId: tokens.sessionId,
      actor: 'system',
      details: { reason: 'session_limit', by_session: next.sessionId },
    });
  });
});

describe('The sessions of a person', () => {
  it('are listed with the current one marked, and ended one by one, by all others, or all', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    const { user } = profile;
    const stranger = await someone(world, 'bob@example.org');
    const end = new EndSessions(world);
    const asking = { userId: user.id, sessionId: tokens.sessionId, origin };
    const list = async () => (await new ListSessions(world).execute({ ...asking, after: null, limit: 50 })).sessions;
    expect((await list()).map(({ isCurrent }) => isCurrent)).to.deep.equal([true]);
    for (const id of [stranger.tokens.sessionId, 'nonsense']) {
      expect((await refusalOf(end.execute({ ...asking, which: { kind: 'one', id } }))).code).to.equal('not_found');
    }
    await end.execute({ ...asking, which: { kind: 'others' } });
    expect(await list()).to.have.lengthOf(1);
    await end.execute({ ...asking, which: { kind: 'all' } });
    expect(await list()).to.have.lengthOf(0);
    expect(world.revokedSessions.has(stranger.tokens.sessionId)).to.equal(false);
  });

  it('are listed in pages, each once, however many are opened meanwhile', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    const opened = [tokens.sessionId];
    for (let count = 1; count < 7; count += 1) {
      world.clock.advance(count % 3);
      opened.push((await logIn(world)).tokens.sessionId);
    }
    const asking = { userId: profile.user.id, sessionId: tokens.sessionId, limit: 3 };
    const seen: string[] = [];
    const marks: boolean[] = [];
    for (let after: ListedSessions['next'] = null, pages = 0; pages < 4; pages += 1) {
      const page = await new ListSessions(world).execute({ ...asking, after });
      seen.push(...page.sessions.map(({ session }) => session.id));
      marks.push(...page.sessions.map(({ isCurrent }) => isCurrent));
      await logIn(world);
      after = page.next;
      if (after === null) break;
    }
    expect(seen).to.have.lengthOf(opened.length).and.to.have.members(opened);
    expect(marks).to.deep.equal([false, false, false, false, false, false, true]);
  });

  it('leave a denied row in the audit log where one that is not found was to be ended, the same for a foreign and an unknown one', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    const stranger = await someone(world, 'bob@example.org');
    const unknown = '019c8b6e-ad04-738a-93a8-69b5c64e5df0';
    const end = new EndSessions(world);
    const asking = { userId: profile.user.id, sessionId: tokens.sessionId, origin };
    for (const id of [stranger.tokens.sessionId, unknown, "nonsense' or 1=1"]) {
      expect((await refusalOf(end.execute({ ...asking, which: { kind: 'one', id } }))).code).to.equal('not_found');
    }
    const rows = world.database.auditEvents.filter(({ event }) => event === 'session_revoke');
    const row = { event: 'session_revoke', outcome: 'denied', actor: 'user', ...asking };
    expect(rows.map(({ occurredAt: _, ...rest }) => rest)).to.deep.equal([
      { ...row, details: { requested_session: stranger.tokens.sessionId } },
      { ...row, details: { requested_session: unknown } },
      { ...row, details: {} },
    ]);
  });

  it('are ended by a recent sign-in only, where the policy wants one; the own session by any', async () => {
    const world = makeWorld({ sessionPolicy: { ...makeWorld().sessionPolicy, endMaxAgeSeconds: 600 } });
    const old = await someone(world);
    const victim = await logIn(world);
    world.clock.advance(600_000);
    const end = new EndSessions(world);
    const asOld = { userId: old.profile.user.id, sessionId: old.tokens.sessionId, origin };
    await end.execute({ ...asOld, which: { kind: 'one', id: victim.tokens.sessionId } });
    const other = await logIn(world);
    world.clock.advance(1);
    await new RefreshSession(world).execute({ refreshToken: old.tokens.refreshToken, origin });
    const selections = [
      { kind: 'others' },
      { kind: 'all' },
      { kind: 'one', id: other.tokens.sessionId },
      { kind: 'one', id: unknownId },
    ] as const;
    for (const which of selections) {
      const refusal = await refusalOf(end.execute({ ...asOld, which }));
      expect(refusal.detailOf('reauthentication_required')).to.deep.equal({ maxAgeSeconds: 600 });
    }
    expect(world.revokedSessions.has(other.tokens.sessionId)).to.equal(false);
    await end.execute({ ...asOld, which: { kind: 'one', id: old.tokens.sessionId } });
    await end.execute({ ...asOld, sessionId: other.tokens.sessionId, which: { kind: 'all' } });
    expect(world.revokedSessions.has(other.tokens.sessionId)).to.equal(true);
  });

  it('are kept for 90 days after their end, and then deleted', async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    await new LogOut(world).execute({ refreshToken: tokens.refreshToken, origin });
    const prune = new PruneSessions(world);
    world.clock.advance(90 * day);
    expect(await prune.execute()).to.equal(0);
    world.clock.advance(1);
    expect(await prune.execute()).to.equal(1);
  });
});
