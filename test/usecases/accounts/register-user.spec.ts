import { expect } from 'chai';
import { canonicalEmail } from '../../../core/domain/accounts/email-address.js';
import { type Origin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { addUser } from '../../kit/add-user.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf, violationsOf } from '../../support/refusal.js';

const origin: Origin = { ip: '192.0.2.1', userAgent: 'Pixel 9', requestId: 'r-1' };
const ana = { email: 'ana@example.org', password: 'correct horse', origin };
const trail = ({ database }: World) =>
  database.auditEvents.map(({ event, outcome, details }) => [event, outcome, details['reason'] ?? null]);

describe('Registering', () => {
  it('opens the account, signs it in, and leaves one audit row with where it came from', async () => {
    const world = makeWorld();
    const { tokens, profile } = await new RegisterUser(world).execute({
      ...ana,
      email: ' ANA@example.org',
      firstName: ' Ana ',
      deviceName: 'phone\n',
    });
    expect(profile.user).to.include({ email: 'ana@example.org', firstName: 'Ana', lastName: null });
    expect(tokens).to.include({ expiresIn: 900, refreshExpiresIn: 86_400 });
    expect(await world.sessions.find(tokens.sessionId)).to.include({ deviceName: 'phone', ip: '192.0.2.1', counter: 0 });
    expect(world.database.auditEvents).to.deep.equal([
      {
        occurredAt: world.clock.now(),
        event: 'register',
        outcome: 'success',
        userId: profile.user.id,
        sessionId: tokens.sessionId,
        actor: 'user',
        origin,
        details: {},
      },
    ]);
  });

  it('is refused with every fault of the input at once', async () => {
    const world = makeWorld();
    const refusal = await refusalOf(new RegisterUser(world).execute({ email: 'ana', password: 'short', phone: 'none', origin }));
    expect(refusal.code).to.equal('validation_failed');
    expect(violationsOf(refusal).map(({ field }) => field)).to.deep.equal(['email', 'password', 'phone']);
    expect(JSON.stringify(violationsOf(refusal))).not.to.include('short');
    expect(trail(world)).to.deep.equal([]);
  });

  it('gives an address to one of ten concurrent registrations, and leaves of the others only their audit rows', async () => {
    const world = makeWorld();
    const register = new RegisterUser(world);
    const ends = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => register.execute({ ...ana, email: index % 2 ? 'Ana@Example.org' : ana.email })),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1);
    expect(trail(world).filter(([, outcome]) => outcome === 'failure')).to.have.lengthOf(9);
    expect(trail(world).filter(([, outcome]) => outcome === 'success')).to.have.lengthOf(1);
    expect(JSON.stringify(world.database.auditEvents)).not.to.include('ana@example.org');
  });
});

describe('An address with an invisible character', () => {
  const email = canonicalEmail('an\u200ba@example.org');

  it('is not registered, and signs in where it was stored before', async () => {
    const world = makeWorld();
    const refusal = await refusalOf(new RegisterUser(world).execute({ ...ana, email }));
    expect(violationsOf(refusal)).to.deep.equal([{ field: 'email', rule: 'an e-mail address' }]);
    await addUser(world, { email, password: ana.password });
    expect((await new LogIn(world).execute({ ...ana, email })).profile.user.email).to.equal(email);
  });
});
