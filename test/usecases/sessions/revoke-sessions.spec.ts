import { expect } from 'chai';
import { userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { RevokeSessions } from '../../../core/usecases/sessions/revoke-sessions.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const actor = 'admin:tester';
const password = 'correct horse';
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password, origin });
const isAlive = (world: World, token: string) =>
  new AuthenticateAccess(world).execute({ token }).then(
    () => true,
    () => false,
  );
const eventsOf = (world: World, name: string) => world.database.auditEvents.filter(({ event }) => event === name);

describe('Revoking sessions', () => {
  it('ends the sessions of one user, announces them to every process, and writes a row for each', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    const bystander = await someone(world, 'bob@example.org');
    const { userId: id } = { userId: profile.user.id };
    const revoked = await new RevokeSessions(world).execute({ which: { kind: 'id', id }, reason: 'lost\nphone', actor });
    expect(revoked).to.include({ sessionsEnded: 1, usersAffected: 1, isComplete: true });
    await revoked.lock?.release();
    expect(await isAlive(world, tokens.accessToken)).to.equal(false);
    expect(await isAlive(world, bystander.tokens.accessToken)).to.equal(true);
    const [row, ...others] = eventsOf(world, 'token_revoke');
    expect(others).to.deep.equal([]);
    expect(row).to.deep.include({ userId: id, sessionId: tokens.sessionId, actor, details: { scope: 'user', reason: 'lost phone' } });
  });

  it('prevents new sessions until it is released, so that the report stays true', async () => {
    const world = makeWorld();
    await someone(world);
    const { lock } = await new RevokeSessions(world).execute({ which: { kind: 'all' }, reason: null, actor });
    let isIn = false;
    const login = new LogIn(world).execute({ email: 'ana@example.org', password, origin }).then(({ tokens }) => {
      isIn = true;
      return tokens;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(isIn).to.equal(false);
    await lock?.release();
    expect(await isAlive(world, (await login).accessToken)).to.equal(true);
  });

  it('repeats until none is left, and reports when users keep signing in', async () => {
    const world = makeWorld();
    let passes = 0;
    const sessionLock = {
      acquire: async () => {
        passes += 1;
        await someone(world, `late-${passes}@example.org`);
        return null;
      },
    };
    const revoked = await new RevokeSessions({ ...world, sessionLock }).execute({ which: { kind: 'all' }, reason: null, actor });
    const nobodyWasConnected = { connectionsClosed: 0 };
    const outcome = { sessionsEnded: passes - 1, usersAffected: passes - 1, lock: null, isComplete: false };
    expect(revoked).to.deep.equal({ ...outcome, ...nobodyWasConnected });
    expect(passes).to.be.within(10, 100);
  });

  it('ends more than a batch of them, each once', async () => {
    const world = makeWorld();
    const { profile } = await someone(world);
    const template = (await world.sessions.listLive(profile.user.id, world.clock.now()))[0];
    if (template === undefined) throw new Error('no user is signed in');
    const { sessionIdFrom } = await import('../../../core/domain/ids.js');
    for (let index = 0; index < 1200; index += 1) {
      await world.sessions.open({ ...template, id: sessionIdFrom(world.clock.now(), world.random.bytes(10)), userId: userId(index) });
    }
    const { lock, ...revoked } = await new RevokeSessions(world).execute({ which: { kind: 'all' }, reason: null, actor });
    await lock?.release();
    expect(revoked).to.include({ sessionsEnded: 1201, usersAffected: 1200 });
    expect(eventsOf(world, 'token_revoke')).to.have.lengthOf(1201);
  });

  it('ends one session by its id, in any case of letters, and is no error for one that is over', async () => {
    const world = makeWorld();
    const { tokens } = await someone(world);
    const revoke = (id: string) => new RevokeSessions(world).execute({ which: { kind: 'session', id }, reason: null, actor });
    expect(await revoke(tokens.sessionId.toUpperCase())).to.include({ sessionsEnded: 1, lock: null, isComplete: true });
    expect(await revoke(tokens.sessionId)).to.include({ sessionsEnded: 0 });
    for (const id of ['019c8b6e-ad04-738a-93a8-69b5c64e5df0', 'x', '']) expect((await refusalOf(revoke(id))).code).to.equal('not_found');
    expect(eventsOf(world, 'token_revoke').map(({ details }) => details.sessions_ended ?? null)).to.deep.equal([null, 0]);
  });

  it('ends the sessions of an account that another application deleted', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    await world.database.deleteAccount(profile.user.id);
    const { lock, sessionsEnded } = await new RevokeSessions(world).execute({
      which: { kind: 'id', id: profile.user.id },
      reason: null,
      actor,
    });
    await lock?.release();
    expect(sessionsEnded).to.equal(1);
    expect(await isAlive(world, tokens.accessToken)).to.equal(false);
  });
});
