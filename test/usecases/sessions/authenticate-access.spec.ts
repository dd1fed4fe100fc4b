import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { FollowRevocations } from '../../../core/usecases/sessions/follow-revocations.js';
import { LogOut } from '../../../core/usecases/sessions/log-out.js';
import { RefreshSession } from '../../../core/usecases/sessions/refresh-session.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password: 'correct horse', origin });

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

  it('distinguishes a token that is missing from one that is wrong and one that has expired', async () => {
    const { world, tokens, authenticate } = await signedIn();
    expect((await refusalOf(authenticate.execute({ token: null }))).code).to.equal('token_missing');
    expect((await refusalOf(authenticate.execute({ token: tokens.refreshToken }))).code).to.equal('token_invalid');
    world.clock.advance(900_000 + 30_001);
    expect((await refusalOf(authenticate.execute({ token: tokens.accessToken }))).code).to.equal('token_expired');
  });

  it('queries the database while the feed is silent for a second, and returns 503 when that is unavailable too', async () => {
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
