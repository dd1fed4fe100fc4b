import { expect } from 'chai';
import { crowdPerson, demoAccounts } from '../../../core/domain/accounts/demo-people.js';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import { type UserId, userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { ListUsers } from '../../../core/usecases/accounts/list-users.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { SetAccountEnabled } from '../../../core/usecases/accounts/set-account-enabled.js';
import { ShowUser } from '../../../core/usecases/accounts/show-user.js';
import { FollowAudit } from '../../../core/usecases/audit/follow-audit.js';
import { ListAudit } from '../../../core/usecases/audit/list-audit.js';
import { SeedCrowd } from '../../../core/usecases/operations/seed-crowd.js';
import { SeedDemo } from '../../../core/usecases/operations/seed-demo.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { ListUserSessions } from '../../../core/usecases/sessions/list-user-sessions.js';
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

describe('Naming an account', () => {
  it('finds it by its id or by its address, in any spelling, and nobody otherwise', async () => {
    const world = makeWorld();
    const { user } = (await someone(world)).profile;
    const show = new ShowUser(world);
    expect((await show.execute({ account: { kind: 'id', id: user.id } })).user).to.deep.equal(user);
    expect((await show.execute({ account: { kind: 'email', email: ' ANA@example.org' } })).user).to.deep.equal(user);
    for (const account of [{ kind: 'id', id: ` ${user.id}` } as const, { kind: 'email', email: 'bob@example.org' } as const]) {
      expect((await refusalOf(show.execute({ account }))).code).to.equal('not_found');
    }
  });

  it('guesses at none of two accounts with one address, and names their ids', async () => {
    const world = makeWorld();
    const { user } = (await someone(world)).profile;
    await world.database.putAccount({ user: { ...user, id: userId(77) } });
    const refusal = await refusalOf(new ShowUser(world).execute({ account: { kind: 'email', email: user.email } }));
    expect(refusal.code).to.equal('precondition_failed');
    expect(String(refusal.cause)).to.include(`${user.id}, 77`);
  });

  it('means the active one of several accounts with one address, and none of several closed ones', async () => {
    const world = makeWorld();
    const { user } = (await someone(world)).profile;
    const show = () => new ShowUser(world).execute({ account: { kind: 'email', email: user.email } });
    for (const id of [77, 78]) await world.database.putAccount({ user: { ...user, id: userId(id), isEnabled: false } });
    expect((await show()).user.id).to.equal(user.id);
    await world.database.deleteAccount(user.id);
    const refusal = await refusalOf(show());
    expect(refusal.code).to.equal('precondition_failed');
    expect(String(refusal.cause)).to.include('none is active').and.to.include('77, 78');
  });
});

describe('Looking people up', () => {
  it('tells whether there are more after a page', async () => {
    const world = makeWorld();
    for (const name of ['ana', 'bob', 'cleo']) await someone(world, `${name}@example.org`);
    const list = new ListUsers(world);
    const first = await list.execute({ search: null, after: null, limit: 2 });
    expect([first.users.length, first.hasMore]).to.deep.equal([2, true]);
    const second = await list.execute({ search: null, after: first.users[1]?.id ?? null, limit: 2 });
    expect([second.users.map(({ email }) => email), second.hasMore]).to.deep.equal([['cleo@example.org'], false]);
    expect((await list.execute({ search: 'example', after: null, limit: 3 })).hasMore).to.equal(false);
  });

  it('shows the live sessions of one person', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    await someone(world, 'bob@example.org');
    const account = { kind: 'id', id: profile.user.id } as const;
    expect((await new ListUserSessions(world).execute({ account })).map(({ id }) => id)).to.deep.equal([tokens.sessionId]);
    expect((await new ShowUser(world).execute({ account })).liveSessions).to.equal(1);
  });
});

describe('Revoking sessions', () => {
  it('ends those of one person, tells every process, and writes a row for each', async () => {
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

  it('keeps people out until it is released, so that what was said stays true', async () => {
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

  it('goes on until nothing is left, and says so when people keep signing in', async () => {
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
    if (template === undefined) throw new Error('nobody is signed in');
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

  it('ends what an account left behind that another application deleted', async () => {
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

describe('Disabling an account', () => {
  it('ends its sessions and keeps it from signing in, until it is enabled again', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    const account = { kind: 'email', email: 'ana@example.org' } as const;
    const set = (isEnabled: boolean) => new SetAccountEnabled(world).execute({ account, isEnabled, actor });
    const logIn = () => new LogIn(world).execute({ email: 'ana@example.org', password, origin });
    expect(await set(false)).to.deep.include({ hasChanged: true, sessionsEnded: 1, user: { ...profile.user, isEnabled: false } });
    expect(await isAlive(world, tokens.accessToken)).to.equal(false);
    expect((await refusalOf(logIn())).code).to.equal('account_disabled');
    expect(await set(false)).to.include({ hasChanged: false, sessionsEnded: 0 });
    expect(await set(true)).to.include({ hasChanged: true, sessionsEnded: 0 });
    await logIn();
    expect(eventsOf(world, 'user_disable').map(({ details }) => details)).to.deep.equal([
      { changed: true, sessions_ended: 1 },
      { changed: false, sessions_ended: 0 },
    ]);
    expect(eventsOf(world, 'user_enable')).to.have.lengthOf(1);
    expect(eventsOf(world, 'user_enable')[0]).to.deep.include({ actor, userId: profile.user.id, outcome: 'success' });
  });

  it('ends sessions also where another application was first', async () => {
    const world = makeWorld();
    const { tokens, profile } = await someone(world);
    await world.users.setEnabled(profile.user.id, false);
    const outcome = await new SetAccountEnabled(world).execute({ account: { kind: 'id', id: profile.user.id }, isEnabled: false, actor });
    expect(outcome).to.include({ hasChanged: false, sessionsEnded: 1 });
    expect(await isAlive(world, tokens.accessToken)).to.equal(false);
  });
});

describe('The audit log', () => {
  const everything = { userId: null, event: null, since: null };

  it('shows the newest rows that pass, the oldest of them first', async () => {
    const world = makeWorld();
    for (const name of ['ana', 'bob', 'cleo']) await someone(world, `${name}@example.org`);
    const rows = await new ListAudit(world).execute({ ...everything, event: 'register', limit: 2 });
    expect(rows.map((row) => row.userId)).to.deep.equal(['2', '3']);
  });

  it('is followed: every row once, also one that was committed late below others', async () => {
    const world = makeWorld();
    await someone(world);
    const shown: AuditRow[] = [];
    const away: unknown[] = [];
    let isBroken = false;
    let hidden: number | null = null;
    const auditLog = {
      newest: world.auditLog.newest.bind(world.auditLog),
      after: async (...args: Parameters<World['auditLog']['after']>) => {
        if (isBroken) throw new Error('away');
        return (await world.auditLog.after(...args)).filter(({ id }) => id !== hidden);
      },
    };
    const follow = new FollowAudit({ ...world, auditLog });
    await follow.start({
      filter: { ...everything, event: 'register' },
      limit: 5,
      reader: { rows: (rows) => shown.push(...rows), away: (error) => away.push(error) },
    });
    const ids = () => shown.map(({ id }) => id);
    expect(ids()).to.deep.equal([1]);
    hidden = 2; // not committed yet
    await someone(world, 'bob@example.org');
    await someone(world, 'cleo@example.org');
    await world.scheduler.advance(1000);
    expect(ids()).to.deep.equal([1, 3]);
    hidden = null;
    await world.scheduler.advance(1000);
    expect(ids()).to.deep.equal([1, 3, 2]);
    isBroken = true;
    await world.scheduler.advance(2000);
    expect(away).to.have.lengthOf(1);
    isBroken = false;
    world.clock.advance(60_000);
    await someone(world, 'dora@example.org');
    await world.scheduler.advance(2000);
    expect(ids()).to.deep.equal([1, 3, 2, 4]);
    await follow.stop();
    expect(world.scheduler.size).to.equal(0);
  });
});

describe('The demo accounts', () => {
  it('are made once, also by two that seed at once, each with a password of its own', async () => {
    const world = makeWorld();
    const seed = new SeedDemo(world);
    const made = (await Promise.all([1, 2].map(() => seed.execute({ password: null, actor })))).flat();
    expect(made.map(({ person }) => person.email).toSorted()).to.deep.equal(demoAccounts.map(({ email }) => email).toSorted());
    expect(new Set(made.map((account) => account.password)).size).to.equal(demoAccounts.length);
    expect(await seed.execute({ password: null, actor })).to.deep.equal([]);
    for (const { person, password: theirs } of made) await new LogIn(world).execute({ email: person.email, password: theirs, origin });
    expect(eventsOf(world, 'seed').map((event) => event.actor)).to.deep.equal(Array(demoAccounts.length).fill(actor));
  });

  it('are not mixed with people unless it is asked for', async () => {
    const world = makeWorld();
    await someone(world);
    const seed = (mayMix: boolean) => new SeedDemo(world).execute({ password, actor, mayMix });
    expect((await refusalOf(seed(false))).code).to.equal('forbidden');
    expect(await seed(true)).to.have.lengthOf(demoAccounts.length);
  });

  it('have no password that nobody could have', async () => {
    const world = makeWorld();
    for (const wrong of ['', 'short', 'x'.repeat(129)]) {
      expect((await refusalOf(new SeedDemo(world).execute({ password: wrong, actor }))).code).to.equal('validation_failed');
    }
  });

  it('come in number, batch by batch, those that are missing', async () => {
    const world = makeWorld();
    const progress: number[] = [];
    const seed = (count: number) =>
      new SeedCrowd(world).execute({ count, password, actor, mayMix: false, onProgress: (done) => progress.push(done) });
    expect(await seed(700)).to.deep.equal({ made: 700, password });
    expect(progress).to.deep.equal([500, 700]);
    expect(await seed(701)).to.include({ made: 1 });
    expect(await seed(10)).to.deep.equal({ made: 0, password: null });
    expect(eventsOf(world, 'seed').map(({ details }) => details)).to.deep.equal([
      { first: 1, last: 500, made: 500 },
      { first: 501, last: 700, made: 200 },
      { first: 501, last: 701, made: 1 },
    ]);
    await new LogIn(world).execute({ email: crowdPerson(701).email, password, origin });
    const ids: readonly UserId[] = (await world.users.list({ search: null, after: null, limit: 1000 })).map(({ id }) => id);
    expect(ids).to.have.lengthOf(701);
  });
});
