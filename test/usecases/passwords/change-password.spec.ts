import { expect } from 'chai';
import { noOrigin, type Origin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { ChangePassword } from '../../../core/usecases/passwords/change-password.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf, violationsOf } from '../../support/refusal.js';
import { onceJudged } from '../support/once-judged.js';

const origin: Origin = { ip: '192.0.2.1', userAgent: 'Pixel 9', requestId: 'r-1' };
const ana = { email: 'ana@example.org', password: 'correct horse', origin };
const trail = ({ database }: World) =>
  database.auditEvents.map(({ event, outcome, details }) => [event, outcome, details['reason'] ?? null]);

describe('Changing the password', () => {
  it('ends every other session, and the old password with them', async () => {
    const world = makeWorld();
    const { profile, tokens } = await new RegisterUser(world).execute(ana);
    const other = await new LogIn(world).execute(ana);
    const change = new ChangePassword(world);
    const input = {
      userId: profile.user.id,
      sessionId: tokens.sessionId,
      currentPassword: ana.password,
      newPassword: 'another horse',
      origin: noOrigin,
    };
    expect((await refusalOf(change.execute({ ...input, currentPassword: 'wrong horse' }))).code).to.equal('current_password_wrong');
    expect(violationsOf(await refusalOf(change.execute({ ...input, newPassword: 'short' })))).to.deep.include({
      field: 'newPassword',
      rule: 'at least 8 characters',
    });
    await change.execute(input);
    expect(world.revokedSessions.has(other.tokens.sessionId)).to.equal(true);
    expect(world.revokedSessions.has(tokens.sessionId)).to.equal(false);
    expect((await refusalOf(new LogIn(world).execute(ana))).code).to.equal('invalid_credentials');
    await new LogIn(world).execute({ ...ana, password: 'another horse' });
  });

  const signedIn = async () => {
    const world = makeWorld();
    const { profile, tokens } = await new RegisterUser(world).execute(ana);
    const passwords = { currentPassword: ana.password, newPassword: 'another horse' };
    const input = { userId: profile.user.id, sessionId: tokens.sessionId, ...passwords, origin: noOrigin };
    return { world, input };
  };

  it('is refused to a session that ended while the password was judged', async () => {
    const { world, input } = await signedIn();
    const end = () => world.sessions.revoke({ kind: 'all' }, 'ended_by_user', world.clock.now());
    const slow = new ChangePassword({ ...world, hasher: onceJudged(world.hasher, end) });
    expect((await refusalOf(slow.execute(input))).code).to.equal('session_revoked');
    expect(trail(world).at(-1)).to.deep.equal(['password_change', 'denied', 'session_revoked']);
    await new LogIn(world).execute(ana);
  });

  it('is refused to an account that was disabled while the password was judged', async () => {
    const { world, input } = await signedIn();
    const { user } = (await new LogIn(world).execute(ana)).profile;
    const disable = () => world.database.putAccount({ user: { ...user, isEnabled: false } });
    const slow = new ChangePassword({ ...world, hasher: onceJudged(world.hasher, disable) });
    expect((await refusalOf(slow.execute(input))).code).to.equal('account_disabled');
  });
});
