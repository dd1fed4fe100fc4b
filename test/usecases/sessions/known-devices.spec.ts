import { expect } from 'chai';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import type { Origin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { ChangePassword } from '../../../core/usecases/passwords/change-password.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { LogOut } from '../../../core/usecases/sessions/log-out.js';
import { PruneSessions } from '../../../core/usecases/sessions/prune-sessions.js';
import { RefreshSession } from '../../../core/usecases/sessions/refresh-session.js';
import { makeWorld } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const day = 86_400_000;
const home: Origin = { ip: '192.0.2.1', userAgent: 'Pixel 9', requestId: 'r-1' };
const away: Origin = { ...home, ip: '203.0.113.9' };
const ana = { email: 'ana@example.org', password: 'correct horse', origin: home };
const bob = { ...ana, email: 'bob@example.org' };

/** An account with a session on a phone. */
const registered = async () => {
  const world = makeWorld();
  const { tokens, profile } = await new RegisterUser(world).execute(ana);
  const logIn = new LogIn(world);
  let guesses = 0;
  /** A wrong password from an address of its own. */
  const guess = (knownDevice?: string, email = ana.email) => {
    const origin = { ...home, ip: `198.51.100.${++guesses % 256}` };
    return refusalOf(logIn.execute({ email, password: 'wrong horse', origin, ...(knownDevice !== undefined && { knownDevice }) }));
  };
  /** Ten wrong passwords, each after the pause that the one before it causes. */
  const useUpAttempts = async (knownDevice?: string) => {
    for (let wrong = 0; wrong < 10; wrong += 1) {
      if (wrong >= 5) world.clock.advance(2 ** (wrong - 5) * 1000);
      expect((await guess(knownDevice)).code).to.equal('invalid_credentials');
    }
    expect((await guess(knownDevice)).code).to.equal('rate_limited');
  };
  const signIn = (knownDevice: string) => logIn.execute({ ...ana, origin: away, knownDevice });
  return { world, logIn, guess, useUpAttempts, signIn, userId: profile.user.id, phone: tokens };
};

describe('A known device', () => {
  it('signs in from any network while unknown devices have used up the attempts of the account', async () => {
    const { logIn, useUpAttempts, signIn, phone } = await registered();
    await useUpAttempts();
    expect((await refusalOf(logIn.execute({ ...ana, origin: away }))).code).to.equal('rate_limited');
    expect((await signIn(phone.refreshToken)).profile.user.email).to.equal(ana.email);
    expect((await refusalOf(logIn.execute({ ...ana, origin: away }))).code).to.equal('rate_limited');
  });

  it('is not the address of a live session: a stranger behind the same address is an unknown device', async () => {
    const { logIn, useUpAttempts } = await registered();
    await useUpAttempts();
    expect((await refusalOf(logIn.execute({ ...ana, origin: home }))).code).to.equal('rate_limited');
  });

  it('is known by any of its refresh tokens, and by the last one also after a sign-out, for 90 days', async () => {
    const { world, useUpAttempts, signIn, phone } = await registered();
    const next = await new RefreshSession(world).execute({ refreshToken: phone.refreshToken, origin: home });
    await new LogOut(world).execute({ refreshToken: next.refreshToken, origin: home });
    world.clock.advance(90 * day);
    await new PruneSessions(world).execute();
    await useUpAttempts();
    await signIn(phone.refreshToken);
    await signIn(next.refreshToken);
  });

  it('is unknown once its session is deleted', async () => {
    const { world, useUpAttempts, signIn, phone } = await registered();
    await new LogOut(world).execute({ refreshToken: phone.refreshToken, origin: home });
    world.clock.advance(90 * day + 1);
    await new PruneSessions(world).execute();
    await useUpAttempts();
    expect((await refusalOf(signIn(phone.refreshToken))).code).to.equal('rate_limited');
  });

  it('has as many attempts as the account, and uses up neither those of unknown devices nor of another one', async () => {
    const { logIn, useUpAttempts, signIn, phone } = await registered();
    const { tokens: tablet } = await logIn.execute(ana);
    await useUpAttempts(phone.refreshToken);
    expect((await refusalOf(signIn(phone.refreshToken))).code).to.equal('rate_limited');
    await signIn(tablet.refreshToken);
    await logIn.execute({ ...ana, origin: away });
  });

  it('has one count, whichever of its tokens it shows', async () => {
    const { world, guess, useUpAttempts, phone } = await registered();
    const next = await new RefreshSession(world).execute({ refreshToken: phone.refreshToken, origin: home });
    await useUpAttempts(phone.refreshToken);
    expect((await guess(next.refreshToken)).code).to.equal('rate_limited');
  });

  it('is not shown by a token of another account, a forged one, one of a foreign secret, or any other text', async () => {
    const { world, useUpAttempts, signIn, phone } = await registered();
    const stranger = await new RegisterUser(world).execute(bob);
    const foreign = new HmacRefreshTokenCodec({ current: 'another secret of the tests', previous: [] });
    const forged = phone.refreshToken.slice(0, -1) + (phone.refreshToken.endsWith('A') ? 'B' : 'A');
    const sealed = foreign.seal({ sessionId: phone.sessionId, counter: 0 });
    await useUpAttempts();
    for (const text of [stranger.tokens.refreshToken, forged, sealed, phone.sessionId, phone.accessToken, '', 'é\u0000']) {
      expect((await refusalOf(signIn(text))).code, text).to.equal('rate_limited');
    }
  });

  it('leaves its token in no audit row and no log line', async () => {
    const { world, useUpAttempts, phone } = await registered();
    await useUpAttempts(phone.refreshToken);
    expect(JSON.stringify([world.database.auditEvents, world.logger.entries])).not.to.contain(phone.refreshToken.slice(-16));
  });

  it('costs the same reads for the account of the token, for another account, and for an unknown address', async () => {
    const { world, phone } = await registered();
    await new RegisterUser(world).execute(bob);
    const readsOf = async (email: string, knownDevice?: string) => {
      const reads: string[] = [];
      const { sessions, credentials } = world;
      const counted = new LogIn({
        ...world,
        sessions: Object.assign(Object.create(sessions), { find: (id: never) => reads.push('session') && sessions.find(id) }),
        credentials: Object.assign(Object.create(credentials), {
          findByEmail: (address: never) => reads.push('credential') && credentials.findByEmail(address),
        }),
      });
      await refusalOf(counted.execute({ ...ana, email, password: 'wrong horse', ...(knownDevice !== undefined && { knownDevice }) }));
      return reads;
    };
    for (const email of [ana.email, bob.email, 'nobody@example.org']) {
      expect(await readsOf(email, phone.refreshToken), email).to.deep.equal(['session', 'credential', 'credential']);
      expect(await readsOf(email, `${phone.refreshToken}x`), email).to.deep.equal(['credential']);
      expect(await readsOf(email), email).to.deep.equal(['credential']);
    }
  });
});

describe('A stolen access token', () => {
  it('uses up the attempts at the password of its own session alone', async () => {
    const { world, logIn, signIn, userId, phone } = await registered();
    const { tokens: tablet } = await logIn.execute(ana);
    const change = new ChangePassword(world);
    const changeFrom = (sessionId: typeof phone.sessionId, currentPassword: string) =>
      change.execute({ userId, sessionId, currentPassword, newPassword: 'another horse', origin: away });
    for (let wrong = 0; wrong < 5; wrong += 1)
      expect((await refusalOf(changeFrom(phone.sessionId, 'wrong horse'))).code).to.equal('current_password_wrong');
    expect((await refusalOf(changeFrom(phone.sessionId, ana.password))).code).to.equal('rate_limited');
    await signIn(phone.refreshToken);
    await changeFrom(tablet.sessionId, ana.password);
  });
});
