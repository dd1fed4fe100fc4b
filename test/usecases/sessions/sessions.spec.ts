import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { maxSessionsPerUser } from '../../../core/domain/sessions/session.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { EndSessions } from '../../../core/usecases/sessions/end-sessions.js';
import { FollowRevocations } from '../../../core/usecases/sessions/follow-revocations.js';
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

describe('Refreshing', () => {
  it('gives a lost answer again, and the access token anew', async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    const refresh = new RefreshSession(world);
    const first = await refresh.execute({ refreshToken: tokens.refreshToken, origin });
    world.clock.advance(minute);
    const again = await refresh.execute({ refreshToken: tokens.refreshToken, origin });
    expect(again.refreshToken).to.equal(first.refreshToken);
    expect(again.accessToken).not.to.equal(first.accessToken);
    expect(again.refreshExpiresIn).to.equal(86_400 - 60);
  });

  it('ends the session for reuse: its tokens are refused at once, and others keep theirs', async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    const bystander = await someone(world, 'bob@example.org');
    const refresh = new RefreshSession(world);
    const authenticate = new AuthenticateAccess(world);
    const second = await refresh.execute({ refreshToken: tokens.refreshToken, origin });
    const third = await refresh.execute({ refreshToken: second.refreshToken, origin });
    expect((await refusalOf(refresh.execute({ refreshToken: tokens.refreshToken, origin }))).code).to.equal('refresh_reused');
    expect((await refusalOf(refresh.execute({ refreshToken: third.refreshToken, origin }))).code).to.equal('refresh_invalid');
    expect((await refusalOf(authenticate.execute({ token: third.accessToken }))).code).to.equal('session_revoked');
    await authenticate.execute({ token: bystander.tokens.accessToken });
    const reuse = world.database.auditEvents.find(({ event }) => event === 'refresh_reuse');
    expect(reuse).to.include({ outcome: 'denied', sessionId: tokens.sessionId, actor: 'anonymous' });
  });

  it('lives a day without use, each refresh starting it anew, and ninety days at most', async () => {
    const world = makeWorld();
    let { tokens } = await someone(world);
    const refresh = new RefreshSession(world);
    for (let passed = 0; passed < 89; passed++) {
      world.clock.advance(day - 1000);
      tokens = await refresh.execute({ refreshToken: tokens.refreshToken, origin });
    }
    world.clock.advance(day - 1000);
    tokens = await refresh.execute({ refreshToken: tokens.refreshToken, origin });
    expect(tokens.refreshExpiresIn).to.equal(90);
    expect(tokens.expiresIn, 'an access token never outlives its session').to.equal(90);
    world.clock.advance(90_000);
    expect((await refusalOf(refresh.execute({ refreshToken: tokens.refreshToken, origin }))).code).to.equal('refresh_expired');
  });

  it('ends the session of an account that was closed, and says so', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    await world.database.putAccount({ user: { ...profile.user, isEnabled: false } });
    const refresh = new RefreshSession(world);
    expect((await refusalOf(refresh.execute({ refreshToken: tokens.refreshToken, origin }))).code).to.equal('account_disabled');
    expect(world.revokedSessions.has(tokens.sessionId)).to.equal(true);
  });

  it('knows nothing of what it did not make', async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    for (const refreshToken of [
      '',
      'x',
      tokens.accessToken,
      `${tokens.refreshToken}A`,
      tokens.refreshToken.slice(0, -1),
      'x'.repeat(100_000),
    ]) {
      expect((await refusalOf(new RefreshSession(world).execute({ refreshToken, origin }))).code).to.equal('refresh_invalid');
    }
  });
});

describe('Logging out', () => {
  it('ends the session once, with any of its tokens, and is content with a token that is worth nothing', async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    const logOut = new LogOut(world);
    await new RefreshSession(world).execute({ refreshToken: tokens.refreshToken, origin });
    for (const refreshToken of [tokens.refreshToken, tokens.refreshToken, 'nonsense']) await logOut.execute({ refreshToken, origin });
    expect(world.database.auditEvents.filter(({ event }) => event === 'logout')).to.have.lengthOf(1);
    expect(world.revokedSessions.has(tokens.sessionId)).to.equal(true);
  });
});

describe('Authenticating', () => {
  const signedIn = async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    return { world, tokens, authenticate: new AuthenticateAccess(world) };
  };

  it('tells a token that is missing from one that is wrong and one that has expired', async () => {
    const { world, tokens, authenticate } = await signedIn();
    expect((await refusalOf(authenticate.execute({ token: null }))).code).to.equal('token_missing');
    expect((await refusalOf(authenticate.execute({ token: tokens.refreshToken }))).code).to.equal('token_invalid');
    world.clock.advance(900_000 + 30_001);
    expect((await refusalOf(authenticate.execute({ token: tokens.accessToken }))).code).to.equal('token_expired');
  });

  it('asks the database while nothing was heard for a second, and answers 503 when that is away too', async () => {
    const { world, tokens, authenticate } = await signedIn();
    const follow = new FollowRevocations(world);
    await follow.start();
    const blind = new AuthenticateAccess({
      ...world,
      sessions: { ...world.sessions, find: () => Promise.reject(new AuthError('dependency_unavailable')) } as World['sessions'],
    });
    await blind.execute({ token: tokens.accessToken });
    world.clock.advance(1001);
    expect((await refusalOf(blind.execute({ token: tokens.accessToken }))).code).to.equal('dependency_unavailable');
    await authenticate.execute({ token: tokens.accessToken });
    await world.sessions.revoke({ kind: 'all' }, 'admin', world.clock.now());
    expect((await refusalOf(authenticate.execute({ token: tokens.accessToken }))).code).to.equal('session_revoked');
    await follow.stop();
    expect(world.scheduler.size).to.equal(0);
  });
});

describe('Following revocations', () => {
  /** A session that ended while the process followed what ends. */
  const loggedOut = async () => {
    const world = makeWorld();
    const follow = new FollowRevocations(world);
    await follow.start();
    const signedIn = await someone(world);
    await new LogOut(world).execute({ refreshToken: signedIn.tokens.refreshToken, origin });
    return { world, follow, ...signedIn };
  };

  it('starts with what ended within the life of an access token, and reads on twice a second', async () => {
    const world = makeWorld();
    const [early, late] = [await someone(world), await someone(world, 'bob@example.org')];
    await world.sessions.revoke({ kind: 'one', sessionId: early.tokens.sessionId }, 'admin', world.clock.now());
    world.clock.advance(minute);
    const follow = new FollowRevocations(world);
    await follow.start();
    expect(world.revokedSessions.has(early.tokens.sessionId)).to.equal(true);
    await world.sessions.revoke({ kind: 'one', sessionId: late.tokens.sessionId }, 'admin', world.clock.now());
    expect(world.revokedSessions.has(late.tokens.sessionId)).to.equal(false);
    world.clock.advance(500);
    await world.scheduler.advance(500);
    expect(world.revokedSessions.has(late.tokens.sessionId)).to.equal(true);
    await follow.stop();
  });

  it('does not trust a feed that came back until the database has filled the gap', async () => {
    const world = makeWorld();
    const listeners: { heard(): void; lost(): void }[] = [];
    let isDatabaseAway = false;
    const follow = new FollowRevocations({
      ...world,
      revocationFeed: {
        announce: async () => {},
        follow: async (listener) => {
          listeners.push(listener);
          return { stop: async () => {} };
        },
      },
      sessions: {
        revokedSince: (since: number) =>
          isDatabaseAway ? Promise.reject(new AuthError('dependency_unavailable')) : world.sessions.revokedSince(since),
      } as World['sessions'],
    });
    await follow.start();
    isDatabaseAway = true;
    const [feed] = listeners;
    const afterAWhile = async () => {
      world.clock.advance(1500);
      await world.scheduler.advance(1500);
      feed?.heard();
      return world.revokedSessions.isTrusted(world.clock.now());
    };
    expect(await afterAWhile(), 'a feed that is heard is enough for a while').to.equal(true);
    feed?.lost();
    expect(await afterAWhile(), 'after a loss it is not').to.equal(false);
    isDatabaseAway = false;
    expect(await afterAWhile()).to.equal(true);
    await follow.stop();
  });

  it('does not trust a feed that is silent while the database has not been read for five seconds', async () => {
    const world = makeWorld();
    let isDatabaseAway = false;
    const follow = new FollowRevocations({
      ...world,
      sessions: {
        revokedSince: (since: number) =>
          isDatabaseAway ? Promise.reject(new AuthError('dependency_unavailable')) : world.sessions.revokedSince(since),
      } as World['sessions'],
    });
    await follow.start();
    isDatabaseAway = true;
    const isTrustedAfter = async (ms: number) => {
      world.clock.advance(ms);
      await world.scheduler.advance(ms);
      return world.revokedSessions.isTrusted(world.clock.now());
    };
    expect(await isTrustedAfter(4000)).to.equal(true);
    expect(await isTrustedAfter(1500), 'the feed is heard, and may withhold what ended').to.equal(false);
    isDatabaseAway = false;
    expect(await isTrustedAfter(500)).to.equal(true);
    await follow.stop();
  });

  it('keeps what ended, whatever older or later instant the feed carries afterwards', async () => {
    const { world, follow, tokens, profile } = await loggedOut();
    const about = { sessionId: tokens.sessionId, userId: profile.user.id, reason: 'logout' } as const;
    await world.revocationFeed.announce([{ ...about, revokedAt: 1 }]);
    world.clock.advance(1000);
    await world.scheduler.advance(1000);
    expect((await refusalOf(new AuthenticateAccess(world).execute({ token: tokens.accessToken }))).code).to.equal('session_revoked');
    await world.revocationFeed.announce([{ ...about, revokedAt: Number.MAX_SAFE_INTEGER }]);
    world.clock.advance(900_000 + 10_001);
    await world.scheduler.advance(500);
    expect(world.revokedSessions.size, 'an instant of tomorrow keeps nothing for longer').to.equal(0);
    await follow.stop();
  });

  it('knows again what it forgot while the clock was an hour ahead', async () => {
    const { world, follow, tokens } = await loggedOut();
    world.clock.advance(3_600_000);
    await world.scheduler.advance(500);
    world.clock.advance(-3_600_000);
    await world.scheduler.advance(500);
    expect((await refusalOf(new AuthenticateAccess(world).execute({ token: tokens.accessToken }))).code).to.equal('session_revoked');
    await follow.stop();
  });

  it('forgets what ended longer ago than an access token lives', async () => {
    const { world, follow } = await loggedOut();
    world.clock.advance(900_000 + 10_001);
    await world.scheduler.advance(500);
    expect(world.revokedSessions.size).to.equal(0);
    await follow.stop();
  });
});

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
  it('are listed with the one that asks marked, and ended one by one, by all others, or all', async () => {
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

  it('leave a denied row in the audit log where one that is not found was to be ended, alike for a foreign and an unknown one', async () => {
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
