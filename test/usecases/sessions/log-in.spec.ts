import { expect } from 'chai';
import { MemoryPasswordHasher } from '../../../adapters/memory/passwords/memory-password-hasher.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { type Origin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { SetAccountEnabled } from '../../../core/usecases/accounts/set-account-enabled.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';
import { onceJudged } from '../support/once-judged.js';

const origin: Origin = { ip: '192.0.2.1', userAgent: 'Pixel 9', requestId: 'r-1' };
const ana = { email: 'ana@example.org', password: 'correct horse', origin };
const trail = ({ database }: World) =>
  database.auditEvents.map(({ event, outcome, details }) => [event, outcome, details['reason'] ?? null]);

describe('Logging in', () => {
  const registered = async () => {
    const world = makeWorld();
    await new RegisterUser(world).execute(ana);
    return { world, logIn: new LogIn(world) };
  };

  it('opens a session of its own each time', async () => {
    const { world, logIn } = await registered();
    const [one, other] = [await logIn.execute(ana), await logIn.execute({ ...ana, email: 'ANA@EXAMPLE.ORG' })];
    expect(one.tokens.sessionId).not.to.equal(other.tokens.sessionId);
    expect(await world.sessions.listLive(one.profile.user.id, world.clock.now())).to.have.lengthOf(3);
  });

  it('returns the same error for an unknown address and a wrong password, and distinguishes them only in the audit log', async () => {
    const { world, logIn } = await registered();
    const wrong = await refusalOf(logIn.execute({ ...ana, password: 'wrong horse' }));
    const unknown = await refusalOf(logIn.execute({ ...ana, email: 'nobody@example.org' }));
    expect([wrong.code, wrong.message]).to.deep.equal([unknown.code, unknown.message]);
    expect(trail(world).slice(1)).to.deep.equal([
      ['login', 'failure', 'wrong_password'],
      ['login', 'failure', 'address_none'],
    ]);
    expect(JSON.stringify(world.database.auditEvents)).not.to.match(/nobody@|wrong horse/);
  });

  it('reveals that an account is closed only after the right password', async () => {
    const { world, logIn } = await registered();
    const { profile } = await logIn.execute(ana);
    await world.database.putAccount({ user: { ...profile.user, isEnabled: false } });
    expect((await refusalOf(logIn.execute(ana))).code).to.equal('account_disabled');
    expect((await refusalOf(logIn.execute({ ...ana, password: 'wrong horse' }))).code).to.equal('invalid_credentials');
  });

  it('limits the failures of an account from all addresses together, and gives back the attempt of a right password', async () => {
    const { world, logIn } = await registered();
    for (let right = 0; right < 20; right++) await logIn.execute(ana);
    const fail = (from: number) =>
      refusalOf(logIn.execute({ ...ana, password: 'wrong horse', origin: { ...origin, ip: `198.51.100.${from}` } }));
    for (let wrong = 0; wrong < 5; wrong++) expect((await fail(wrong)).code).to.equal('invalid_credentials');
    for (const seconds of [1, 2, 4, 8, 16]) {
      const early = await fail(seconds);
      expect([early.code, early.retryAfterSeconds]).to.deep.equal(['rate_limited', seconds]);
      expect((await fail(seconds)).code).to.equal('rate_limited');
      world.clock.advance(seconds * 1000);
      expect((await fail(seconds)).code).to.equal('invalid_credentials');
    }
    const limited = await fail(0);
    expect([limited.code, limited.retryAfterSeconds]).to.deep.equal(['rate_limited', 900 - 31]);
    expect((await refusalOf(logIn.execute({ ...ana, origin: { ...origin, ip: '198.51.100.9' } }))).code).to.equal('rate_limited');
    expect(trail(world).filter(([event]) => event === 'rate_limited')).to.have.lengthOf(6);
    world.clock.advance(900_000);
    await logIn.execute({ ...ana, origin: { ...origin, ip: '198.51.100.9' } });
  });

  it('limits the failures of unknown addresses just the same', async () => {
    const { logIn } = await registered();
    const attempt = () => refusalOf(logIn.execute({ ...ana, email: 'nobody@example.org' }));
    for (let wrong = 0; wrong < 5; wrong++) expect((await attempt()).code).to.equal('invalid_credentials');
    expect((await attempt()).code).to.equal('rate_limited');
  });

  it('counts the failures of an address together, whichever form of its domain is typed', async () => {
    const { logIn } = await registered();
    const attempt = (index: number) =>
      refusalOf(logIn.execute({ ...ana, email: ['ana@m\u00fcnchen.example', 'ana@xn--mnchen-3ya.example'][index % 2] ?? '' }));
    for (let wrong = 0; wrong < 5; wrong++) expect((await attempt(wrong)).code).to.equal('invalid_credentials');
    for (let refused = 0; refused < 2; refused++) expect((await attempt(refused)).code).to.equal('rate_limited');
  });

  it('does not count an attempt against the account when its password was not checked', async () => {
    const { world, logIn } = await registered();
    const blind = new LogIn({
      ...world,
      hasher: {
        admit: (work) => work(),
        hash: (password) => world.hasher.hash(password),
        schemeOf: (hash) => world.hasher.schemeOf(hash),
        verify: () => Promise.reject(new AuthError('overloaded')),
      },
    });
    for (let time = 0; time < 20; time++) expect((await refusalOf(blind.execute(ana))).code).to.equal('overloaded');
    expect((await logIn.execute(ana)).profile.user.email).to.equal(ana.email);
  });

  it('opens no session for a client that has gone, and does not count the attempt', async () => {
    const { world, logIn } = await registered();
    const { profile } = await logIn.execute(ana);
    for (let time = 0; time < 20; time++) {
      expect((await refusalOf(logIn.execute({ ...ana, signal: AbortSignal.abort() }))).code).to.equal('overloaded');
    }
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(2);
    await logIn.execute(ana);
  });

  it('refuses a password that another application changed while it was being judged', async () => {
    const { world } = await registered();
    const foreign = await world.hasher.hash('changed elsewhere');
    const { profile } = await new LogIn(world).execute(ana);
    const change = () => world.database.putAccount({ user: profile.user, passwordHash: foreign });
    const slow = new LogIn({ ...world, hasher: onceJudged(world.hasher, change) });
    expect((await refusalOf(slow.execute(ana))).code).to.equal('invalid_credentials');
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(2);
  });

  it('opens no session on an account that was disabled while its password was judged, and notes no login', async () => {
    const { world } = await registered();
    const { profile } = await new LogIn(world).execute(ana);
    const sessions = await world.sessions.listLive(profile.user.id, world.clock.now());
    const disable = () =>
      new SetAccountEnabled(world).execute({ account: { kind: 'id', id: profile.user.id }, isEnabled: false, actor: 'admin:ana' });
    const slow = new LogIn({ ...world, hasher: onceJudged(world.hasher, disable) });
    expect((await refusalOf(slow.execute(ana))).code).to.equal('account_disabled');
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(0);
    expect(trail(world).at(-1)).to.deep.equal(['login', 'denied', 'account_disabled']);
    expect(sessions).to.have.lengthOf(2);
  });

  it('replaces a hash that is of the password as it was typed, and no longer needs it typed so', async () => {
    const { world, logIn } = await registered();
    const { user } = (await logIn.execute(ana)).profile;
    const password = 'cafe\u0301 au lait';
    const asTyped = new MemoryPasswordHasher({ random: world.random, form: 'as_typed' });
    await world.database.putAccount({ user, passwordHash: await asTyped.hash(password) });
    const composed = { ...ana, password: password.normalize('NFC') };
    expect((await refusalOf(logIn.execute(composed))).code).to.equal('invalid_credentials');
    await logIn.execute({ ...ana, password });
    await logIn.execute(composed);
    expect(trail(world).filter(([event]) => event === 'password_upgrade')).to.have.lengthOf(1);
  });

  it('admits both of two logins when the other upgrades the old hash', async () => {
    const { world, logIn } = await registered();
    const { profile } = await logIn.execute(ana);
    const old = await new MemoryPasswordHasher({ random: world.random, rounds: 0 }).hash(ana.password);
    await world.database.putAccount({ user: profile.user, passwordHash: old });
    await Promise.all([logIn.execute(ana), logIn.execute(ana)]);
    expect(trail(world).filter(([event]) => event === 'password_upgrade')).to.have.lengthOf(1);
    expect(trail(world).filter(([, outcome]) => outcome === 'failure')).to.have.lengthOf(0);
  });

  it('does not query the database for a text that cannot be an address', async () => {
    const { world } = await registered();
    const deaf = { findByEmail: () => Promise.reject(new Error('the database was asked')) } as unknown as World['credentials'];
    const logIn = new LogIn({ ...world, credentials: deaf });
    expect((await refusalOf(logIn.execute({ ...ana, email: 'ana@example.org\u0000' }))).code).to.equal('invalid_credentials');
  });

  it('never hashes a password that is too long for any account', async () => {
    const { logIn } = await registered();
    expect((await refusalOf(logIn.execute({ ...ana, password: 'x'.repeat(5000) }))).code).to.equal('invalid_credentials');
  });
});
