import { expect } from 'chai';
import { MemoryPasswordHasher } from '../../../adapters/memory/passwords/memory-password-hasher.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { ChangePassword } from '../../../core/usecases/passwords/change-password.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { addSession } from '../../kit/add-session.js';
import { addUser } from '../../kit/add-user.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf, violationsOf } from '../../support/refusal.js';

const ana = { email: 'ana@example.org', password: 'correct horse', firstName: 'Anaïs', origin: noOrigin };
const common = { rule: 'a password that is not among the most common ones', reason: 'common' };
const personal = { rule: 'more than the address, the names or the name of the service with digits and punctuation', reason: 'personal' };

/** Fails when something is hashed. */
const withoutHashes = (world: World): World => ({
  ...world,
  hasher: new (class extends MemoryPasswordHasher {
    override hash(): Promise<string> {
      throw new Error('hashed');
    }
    override verify(): never {
      throw new Error('verified');
    }
  })({ random: world.random }),
});

describe('A new password that is easy to guess', () => {
  const faultsOf = async (password: string, changed: Partial<typeof ana> = {}) =>
    violationsOf(await refusalOf(new RegisterUser(withoutHashes(makeWorld())).execute({ ...ana, ...changed, password })));

  it('is refused at a registration, with the reason, before anything is hashed', async () => {
    expect(await faultsOf('Password1')).to.deep.equal([{ field: 'password', ...common }]);
    expect(await faultsOf('Anaïs-2026')).to.deep.equal([{ field: 'password', ...personal }]);
    expect(await faultsOf('ana@example.org')).to.deep.equal([{ field: 'password', ...personal }]);
    expect(await faultsOf('Move Acces!')).to.deep.equal([{ field: 'password', ...personal }]);
  });

  it('has no reason where it is too short all the same', async () => {
    expect(await faultsOf('ana')).to.deep.equal([{ field: 'password', rule: 'at least 8 characters' }]);
  });

  it('is refused together with the other faults of the input', async () => {
    expect(await faultsOf('password1', { email: 'nobody' })).to.deep.equal([
      { field: 'email', rule: 'an e-mail address' },
      { field: 'password', ...common },
    ]);
  });

  it('is refused at a change, by the data of the account, and before the current password is checked', async () => {
    const world = makeWorld();
    const { user } = await addUser(world, { email: 'ana@example.org', firstName: 'Anaïs', lastName: 'Roy' });
    const { id: sessionId } = (await addSession(world, user)).session;
    const violations = async (newPassword: string) => {
      const input = { userId: user.id, sessionId, currentPassword: 'wrong horse', newPassword, origin: noOrigin };
      return violationsOf(await refusalOf(new ChangePassword(withoutHashes(world)).execute(input)));
    };
    expect(await violations('Password1')).to.deep.equal([{ field: 'newPassword', ...common }]);
    expect(await violations('roy.anaïs.1984')).to.deep.equal([{ field: 'newPassword', ...personal }]);
    expect(await violations('short')).to.deep.equal([{ field: 'newPassword', rule: 'at least 8 characters' }]);
    expect(world.database.auditEvents).to.deep.equal([]);
  });

  it('signs in all the same where an account has it already', async () => {
    const world = makeWorld();
    for (const password of ['password1', 'anaïs-2026']) {
      const { user } = await addUser(world, { email: `ana-${password.length}@example.org`, firstName: 'Anaïs', password });
      const { profile } = await new LogIn(world).execute({ email: user.email, password, origin: noOrigin });
      expect(profile.user.id).to.equal(user.id);
    }
  });

  it('follows the name that the deployment gives its product', async () => {
    const register = new RegisterUser(makeWorld({ passwordPolicy: { minLength: 8, productName: 'Club Azur' } }));
    expect(violationsOf(await refusalOf(register.execute({ ...ana, password: 'clubazur-75' })))[0]).to.include({ reason: 'personal' });
    await register.execute({ ...ana, password: 'moveacces-75' });
  });
});
