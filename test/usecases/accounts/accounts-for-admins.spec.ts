import { expect } from 'chai';
import { userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { ListUsers } from '../../../core/usecases/accounts/list-users.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { SetAccountEnabled } from '../../../core/usecases/accounts/set-account-enabled.js';
import { ShowUser } from '../../../core/usecases/accounts/show-user.js';
import { AuthenticateAccess } from '../../../core/usecases/sessions/authenticate-access.js';
import { ListUserSessions } from '../../../core/usecases/sessions/list-user-sessions.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
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
  it('finds the account by its id or by its address, in any spelling, and no other', async () => {
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
  it('returns whether there are more after a page', async () => {
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
