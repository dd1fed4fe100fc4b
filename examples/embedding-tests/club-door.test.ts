import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndSessions, LogIn, noOrigin, RefreshSession } from 'move-acces/core';
import { addSession, addSubscription, addUser, dropAnswerAfterCommit, makeWorld, raceRefresh } from 'move-acces/testing';
import { ClubDoor } from './club-door.ts';

test('a use case of move-acces, in less than ten lines', async () => {
  const world = makeWorld();
  await addUser(world, { email: 'nina@example.org', password: 'correct horse' });
  const { tokens } = await new LogIn(world).execute({ email: 'Nina@Example.org', password: 'correct horse', origin: noOrigin });
  assert.equal(tokens.expiresIn, 900);
  assert.equal(world.database.auditEvents.at(-1)?.event, 'login');
});

test('admits a visitor until the subscription ends', async () => {
  const world = makeWorld();
  const { user } = await addUser(world, { firstName: 'Nina' });
  const { endsAt } = await addSubscription(world, user, { endsAt: world.clock.now() + 60_000 });
  const { tokens } = await addSession(world, user);
  const door = new ClubDoor(world);
  assert.deepEqual(await door.ring(tokens.accessToken), { kind: 'welcome', name: 'Nina' });
  world.clock.advance(60_001);
  assert.deepEqual(await door.ring(tokens.accessToken), { kind: 'please_pay', since: endsAt });
});

test('refuses an ended session and an expired token', async () => {
  const world = makeWorld();
  const { user } = await addUser(world);
  const [ended, late] = [await addSession(world, user), await addSession(world, user)];
  const which = { kind: 'one', id: ended.session.id } as const;
  await new EndSessions(world).execute({ userId: user.id, sessionId: late.session.id, which, origin: noOrigin });
  const door = new ClubDoor(world);
  await assert.rejects(door.ring(ended.tokens.accessToken), { code: 'session_revoked' });
  world.clock.advance(901_000 + 5_000);
  await assert.rejects(door.ring(late.tokens.accessToken), { code: 'token_expired' });
});

test('a refresh whose response was lost can be repeated, and returns the same tokens', async () => {
  const world = makeWorld();
  const { tokens } = await addSession(world, (await addUser(world)).user);
  const refresh = () => new RefreshSession(world).execute({ refreshToken: tokens.refreshToken, origin: noOrigin });
  dropAnswerAfterCommit(world);
  await assert.rejects(refresh(), { code: 'dependency_unavailable' });
  assert.equal((await refresh()).refreshToken, (await refresh()).refreshToken);
});

test('fifty parallel refreshes return one successor', async () => {
  const world = makeWorld();
  const { refreshToken } = (await addSession(world, (await addUser(world)).user)).tokens;
  const { grants, refusals } = await raceRefresh(50, { ports: world, refreshToken });
  assert.deepEqual([grants.length, refusals], [50, []]);
  assert.equal(new Set(grants.map((tokens) => tokens.refreshToken)).size, 1);
});

test('the same seed gives the same ids', async () => {
  const ids = async (seed: number) => (await addSession(makeWorld({ seed }), (await addUser(makeWorld({ seed }))).user)).session.id;
  assert.equal(await ids(1), await ids(1));
  assert.notEqual(await ids(1), await ids(2));
});
