import { expect } from 'chai';
import { MemoryPasswordHasher } from '../../../adapters/memory/passwords/memory-password-hasher.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { noOrigin } from '../../../core/domain/origin.js';
import type { Violation } from '../../../core/domain/refusal-details.js';
import type { Stores } from '../../../core/ports/unit-of-work.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { UpdateProfile } from '../../../core/usecases/accounts/update-profile.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf, violationsOf } from '../../support/refusal.js';

const ana = { email: 'ana@example.org', password: 'correct horse', origin: noOrigin };
const taken: Violation = { field: 'phone', rule: 'not in use by another account', reason: 'taken' };

/** A world whose transactions get stores that a test has changed. */
const withStores = (world: World, change: (stores: Stores) => Partial<Stores>): World => ({
  ...world,
  unitOfWork: Object.assign(Object.create(world.unitOfWork) as World['unitOfWork'], {
    run: (work: (stores: Stores) => Promise<unknown>) => world.unitOfWork.run((stores) => work({ ...stores, ...change(stores) })),
  }),
});

const refusing = (violation: Violation) => () =>
  Promise.reject(new AuthError('validation_failed', { detail: { violations: [violation] } }));

/** The same object, one method of it replaced. */
const but = <Store extends object>(store: Store, methods: Partial<Store>): Store => Object.assign(Object.create(store) as Store, methods);

const trail = ({ database }: World) =>
  database.auditEvents.map(({ event, outcome, details }) => [event, outcome, details['reason'] ?? '', details['fields'] ?? '']);

describe('A rejection by another application’s table', () => {
  it('is a refused registration that is audited with the field, and leaves nothing else', async () => {
    const world = makeWorld();
    const closed = withStores(world, ({ credentials }) => ({ credentials: but(credentials, { add: refusing(taken) }) }));
    expect(violationsOf(await refusalOf(new RegisterUser(closed).execute(ana)))).to.deep.equal([taken]);
    expect(trail(world)).to.deep.equal([['register', 'failure', 'validation_failed', 'phone']]);
    expect(JSON.stringify(world.database.auditEvents)).not.to.include(ana.email);
    await new RegisterUser(world).execute(ana);
  });

  it('is not audited where a text alone does not fit, as no other fault of an input is', async () => {
    const world = makeWorld();
    const unfit = refusing({ field: 'email', rule: 'shorter' });
    const closed = withStores(world, ({ users }) => ({ users: but(users, { insert: unfit }) }));
    expect((await refusalOf(new RegisterUser(closed).execute(ana))).code).to.equal('validation_failed');
    expect(trail(world)).to.deep.equal([]);
  });

  it('is a refused change of profile that is audited with the field', async () => {
    const world = makeWorld();
    const { profile, tokens } = await new RegisterUser(world).execute(ana);
    const closed = withStores(world, ({ users }) => ({ users: but(users, { updateProfile: refusing(taken) }) }));
    const input = { userId: profile.user.id, sessionId: tokens.sessionId, changes: { phone: '+33600000001' }, origin: noOrigin };
    const late = new UpdateProfile(closed).execute({ ...input, expectedVersions: null });
    expect(violationsOf(await refusalOf(late))).to.deep.equal([taken]);
    expect(trail(world).slice(1)).to.deep.equal([['profile_update', 'failure', 'validation_failed', 'phone']]);
  });

  it('does not prevent a login, which keeps the older hash', async () => {
    const world = makeWorld();
    const { profile } = await new RegisterUser(world).execute(ana);
    const old = await new MemoryPasswordHasher({ random: world.random, rounds: 0 }).hash(ana.password);
    await world.database.putAccount({ user: profile.user, passwordHash: old });
    const closed = withStores(world, ({ credentials }) => ({
      credentials: but(credentials, {
        recordLogin: (login) => (login.upgradedHash === null ? credentials.recordLogin(login) : refusing(taken)()),
      }),
    }));
    expect((await new LogIn(closed).execute(ana)).profile.user.id).to.equal(profile.user.id);
    expect(trail(world).map(([event, outcome]) => [event, outcome])).to.deep.equal([
      ['register', 'success'],
      ['login', 'success'],
    ]);
    expect(await world.credentials.findByUser(profile.user.id)).to.include({ passwordHash: old });
  });
});
