import { expect } from 'chai';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { RefreshSession } from '../../../core/usecases/sessions/refresh-session.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password: 'correct horse', origin });
const minute = 60_000;
const day = 24 * 60 * minute;

describe('Refreshing', () => {
  it('repeats a lost response, with a new access token', async () => {
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

  it('ends the session for reuse: its tokens are refused at once, and the tokens of other sessions are not', async () => {
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

  it('lives a day without use, each refresh restarting it, and ninety days at most', async () => {
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

  it('ends the session of an account that was closed, and reports it', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    await world.database.putAccount({ user: { ...profile.user, isEnabled: false } });
    const refresh = new RefreshSession(world);
    expect((await refusalOf(refresh.execute({ refreshToken: tokens.refreshToken, origin }))).code).to.equal('account_disabled');
    expect(world.revokedSessions.has(tokens.sessionId)).to.equal(true);
  });

  it('rejects tokens that it did not issue', async () => {
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
