import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { FollowRevocations } from '../../../core/usecases/sessions/follow-revocations.js';
import { LogOut } from '../../../core/usecases/sessions/log-out.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password: 'correct horse', origin });
const minute = 60_000;

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

  it('starts with the sessions that ended within the lifetime of an access token, and reads twice a second', async () => {
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

  it('keeps ended sessions, whatever older or later instant the feed delivers afterwards', async () => {
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

  it('learns again the sessions that it dropped while the clock was an hour ahead', async () => {
    const { world, follow, tokens } = await loggedOut();
    world.clock.advance(3_600_000);
    await world.scheduler.advance(500);
    world.clock.advance(-3_600_000);
    await world.scheduler.advance(500);
    expect((await refusalOf(new AuthenticateAccess(world).execute({ token: tokens.accessToken }))).code).to.equal('session_revoked');
    await follow.stop();
  });

  it('drops sessions that ended longer ago than an access token lives', async () => {
    const { world, follow } = await loggedOut();
    world.clock.advance(900_000 + 10_001);
    await world.scheduler.advance(500);
    expect(world.revokedSessions.size).to.equal(0);
    await follow.stop();
  });
});
