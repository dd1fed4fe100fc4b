import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndSessions, LogIn, noOrigin, RefreshSession } from 'move-acces/core';
import { addSession, addSubscription, addUser, dropAnswerAfterCommit, makeWorld, raceRefresh } from 'move-acces/testing';
import { ClubDoor } from './club-door.ts';

test('a use case of move-acces, in less than ten lines', async () => {
  const world = makeWorld();
  await addUser(world, { email: 'nina@example.org', password: 'correct horse' });
  const { grant } = await new LogIn(world).execute({ email: 'Nina@Example.org', password: 'correct horse', origin: noOrigin });
  assert.equal(grant.expiresIn, 900);
  assert.equal(world.database.auditEvents.at(-1)?.event, 'login');
});

test('welcomes who pays, until the subscription ends', async () => {
  const world = makeWorld();
  const { user } = await addUser(world, { firstName: 'Nina' });
  const { endsAt } = await addSubscription(world, user, { endsAt: world.clock.now() + 60_000 });
  const { grant } = await addSession(world, user);
  const door = new ClubDoor(world);
  assert.deepEqual(await door.ring(grant.accessToken), { kind: 'welcome', name: 'Nina' });
  world.clock.advance(60_001);
  assert.deepEqual(await door.ring(grant.accessToken), { kind: 'please_pay', since: endsAt });
});

test('turns away whose session was ended, and whose token has expired', async () => {
  const world = makeWorld();
  const { user } = await addUser(world);
  const [ended, late] = [await addSession(world, user), await addSession(world, user)];
  const which = { kind: 'one', id: ended.session.id } as const;
  await new EndSessions(world).execute({ userId: user.id, sessionId: late.session.id, which, origin: noOrigin });
  const door = new ClubDoor(world);
  await assert.rejects(door.ring(ended.grant.accessToken), { code: 'session_revoked' });
  world.clock.advance(901_000 + 5_000);
  await assert.rejects(door.ring(late.grant.accessToken), { code: 'token_expired' });
});

test('an app may ask again when the answer to a refresh was lost: it gets the same tokens', async () => {
  const world = makeWorld();
  const { grant } = await addSession(world, (await addUser(world)).user);
  const refresh = () => new RefreshSession(world).execute({ refreshToken: grant.refreshToken, origin: noOrigin });
  dropAnswerAfterCommit(world);
  await assert.rejects(refresh(), { code: 'dependency_unavailable' });
  assert.equal((await refresh()).refreshToken, (await refresh()).refreshToken);
});

test('fifty refreshes at once hand out one successor', async () => {
  const world = makeWorld();
  const { refreshToken } = (await addSession(world, (await addUser(world)).user)).grant;
  const { grants, refusals } = await raceRefresh(50, { ports: world, refreshToken });
  assert.deepEqual([grants.length, refusals], [50, []]);
  assert.equal(new Set(grants.map((grant) => grant.refreshToken)).size, 1);
});

test('the same seed, the same ids', async () => {
  const ids = async (seed: number) => (await addSession(makeWorld({ seed }), (await addUser(makeWorld({ seed }))).user)).session.id;
  assert.equal(await ids(1), await ids(1));
  assert.notEqual(await ids(1), await ids(2));
});
