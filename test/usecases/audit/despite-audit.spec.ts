import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { noOrigin } from '../../../core/domain/origin.js';
import type { Ports } from '../../../core/ports/ports.js';
import type { UnitOfWork } from '../../../core/ports/unit-of-work.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { UpdateProfile } from '../../../core/usecases/accounts/update-profile.js';
import { ChangePassword } from '../../../core/usecases/passwords/change-password.js';
import { EndSessions } from '../../../core/usecases/sessions/end-sessions.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { LogOut } from '../../../core/usecases/sessions/log-out.js';
import { RefreshSession } from '../../../core/usecases/sessions/refresh-session.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const account = { email: 'ana@example.org', password: 'correct horse', origin };

/** The same world, in which units of work cannot write audit rows; with `isDown`, nothing at all. */
function without(world: World, { isDown }: { readonly isDown: boolean } = { isDown: false }): Ports {
  let runs = 0;
  const broken = () => Promise.reject(new AuthError('dependency_unavailable'));
  const unitOfWork: UnitOfWork = {
    run: (work) => {
      runs += 1;
      if (isDown && runs > 1) return broken();
      return world.unitOfWork.run((stores) => work({ ...stores, audit: { record: broken, recordAll: broken } }));
    },
  };
  return { ...world, unitOfWork };
}

describe('While the audit log cannot be written', () => {
  it('sign-in, refresh and sign-out continue, and their rows go to the sink outside', async () => {
    const world = makeWorld();
    await new RegisterUser(world).execute(account);
    const { tokens } = await new LogIn(without(world)).execute(account);
    const refreshed = await new RefreshSession(without(world)).execute({ refreshToken: tokens.refreshToken, origin });
    await new LogOut(without(world)).execute({ refreshToken: refreshed.refreshToken, origin });
    const other = await new LogIn(without(world)).execute(account);
    await new EndSessions(without(world)).execute({
      userId: other.profile.user.id,
      sessionId: other.tokens.sessionId,
      which: { kind: 'all' },
      origin,
    });
    expect(world.database.auditEvents.map(({ event, outcome }) => `${event} ${outcome}`)).to.deep.equal([
      'register success',
      'login success',
      'refresh success',
      'logout success',
      'login success',
      'session_revoke success',
      'session_revoke success',
    ]);
    for (const { sessionId } of [tokens, other.tokens]) expect((await world.sessions.find(sessionId))?.revokedAt).to.be.a('number');
  });

  it('one refresh is one rotation', async () => {
    const world = makeWorld();
    const { tokens } = await new RegisterUser(world).execute(account);
    await new RefreshSession(without(world)).execute({ refreshToken: tokens.refreshToken, origin });
    expect(await world.sessions.find(tokens.sessionId)).to.include({ counter: 1 });
  });

  it('reuse still ends the session', async () => {
    const world = makeWorld();
    const { tokens } = await new RegisterUser(world).execute(account);
    const refresh = new RefreshSession(without(world));
    const second = await refresh.execute({ refreshToken: tokens.refreshToken, origin });
    await refresh.execute({ refreshToken: second.refreshToken, origin });
    expect((await refusalOf(refresh.execute({ refreshToken: tokens.refreshToken, origin }))).code).to.equal('refresh_reused');
    expect((await world.sessions.find(tokens.sessionId))?.revokedAt).to.be.a('number');
  });

  it('accounts are not opened, and neither profiles nor passwords are changed', async () => {
    const world = makeWorld();
    const { tokens, profile } = await new RegisterUser(world).execute(account);
    const before = await world.credentials.findByUser(profile.user.id);
    const about = { userId: profile.user.id, sessionId: tokens.sessionId, origin };
    const changes: readonly Promise<unknown>[] = [
      new RegisterUser(without(world)).execute({ ...account, email: 'bob@example.org' }),
      new UpdateProfile(without(world)).execute({ ...about, changes: { phone: '0612345678' }, expectedVersions: null }),
      new ChangePassword(without(world)).execute({ ...about, currentPassword: account.password, newPassword: 'another horse' }),
    ];
    for (const change of changes) expect((await refusalOf(change)).code).to.equal('dependency_unavailable');
    expect(await world.users.find(profile.user.id)).to.deep.equal(profile.user);
    expect(await world.credentials.findByUser(profile.user.id)).to.deep.equal(before);
    expect(world.database.auditEvents).to.have.length(1);
  });

  it('an older hash is not replaced: that would be a change of the account', async () => {
    const world = makeWorld();
    const { profile } = await new RegisterUser(world).execute(account);
    const before = await world.credentials.findByUser(profile.user.id);
    const hasher: World['hasher'] = {
      admit: (work) => work(),
      hash: () => Promise.resolve('a newer hash'),
      verify: async () => ({ isMatch: true, needsUpgrade: true, scheme: 'bcrypt' }),
      schemeOf: () => 'bcrypt',
    };
    await new LogIn({ ...without(world), hasher }).execute(account);
    expect(await world.credentials.findByUser(profile.user.id)).to.deep.equal(before);
    await new LogIn({ ...world, hasher }).execute(account);
    expect((await world.credentials.findByUser(profile.user.id))?.passwordHash).to.equal('a newer hash');
  });

  it('an unavailable database is distinguished from it: no user is signed in, and no row is counted as lost', async () => {
    const world = makeWorld();
    await new RegisterUser(world).execute(account);
    expect((await refusalOf(new LogIn(without(world, { isDown: true })).execute(account))).code).to.equal('dependency_unavailable');
    expect(world.database.auditEvents).to.have.length(1);
  });

  it('a refusal of the work itself is not tried again', async () => {
    const world = makeWorld();
    const { tokens, profile } = await new RegisterUser(world).execute(account);
    let runs = 0;
    const unitOfWork: UnitOfWork = {
      run: (work) => {
        runs += 1;
        return world.unitOfWork.run(work);
      },
    };
    const counted = { ...world, unitOfWork };
    const stranger = {
      userId: profile.user.id,
      sessionId: tokens.sessionId,
      which: { kind: 'one', id: '019c8b6e-ad04-738a-93a8-69b5c64e5df0' },
    } as const;
    expect(
      (await refusalOf(new UpdateProfile(counted).execute({ ...stranger, changes: {}, expectedVersions: ['old'], origin }))).code,
    ).to.equal('precondition_failed');
    expect((await refusalOf(new EndSessions(counted).execute({ ...stranger, origin }))).code).to.equal('not_found');
    expect(runs).to.equal(2);
  });
});
