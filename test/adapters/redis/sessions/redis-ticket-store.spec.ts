import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { connectRedis } from '../../../../adapters/redis/connect-redis.js';
import { RedisTicketStore } from '../../../../adapters/redis/sessions/redis-ticket-store.js';
import { sessionIdFrom, userId } from '../../../../core/domain/ids.js';
import { openGuard } from '../../../contracts/support/open-guard.js';
import { refusalOf } from '../../../support/refusal.js';
import { startRedisServer } from '../../../support/servers/redis-server.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

const identity = { userId: userId('7'), sessionId: sessionIdFrom(1, new Uint8Array(10)), expiresAt: 900_000 };

describe('RedisTicketStore', () => {
  it('keeps no ticket that a reader of Redis could use', async () => {
    const { host, port } = await sharedRedisServer();
    await using redis = await connectRedis({ target: { kind: 'single', host, port }, logger: new MemoryLogger() });
    await redis.client.flushall();
    await new RedisTicketStore({ redis, guard: openGuard().guard }).put('a-ticket', identity, 30);
    const keys = await redis.client.keys('*');
    expect(keys).to.have.lengthOf(1);
    expect(`${keys}${await redis.client.get(keys[0] ?? '')}`).not.to.include('a-ticket');
  });

  describe('where other software writes Redis,', () => {
    let redis: Awaited<ReturnType<typeof connectRedis>>;
    beforeEach(async () => {
      const { host, port } = await sharedRedisServer();
      redis = await connectRedis({ target: { kind: 'single', host, port }, logger: new MemoryLogger() });
      await redis.client.flushall();
    });
    afterEach(() => redis[Symbol.asyncDispose]());

    const keyOf = (ticket: string) => `ma:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
    /** What a process takes for a ticket whose value is this one, and what it counts. */
    const take = async (ticket: string, value: string | readonly unknown[]) => {
      const { guard, rejected } = openGuard();
      await redis.client.set(keyOf(ticket), typeof value === 'string' ? value : JSON.stringify(value));
      const store = new RedisTicketStore({ redis, guard });
      const taken = await store.take(ticket);
      expect(await store.take(ticket), 'it is used up').to.equal(null);
      return { taken, rejected: rejected('ticket') };
    };
    const genuine = async (ticket: string, opened = openGuard()) => {
      await new RedisTicketStore({ redis, guard: opened.guard }).put(ticket, identity, 30);
      return JSON.parse((await redis.client.get(keyOf(ticket))) ?? '') as unknown[];
    };

    it('takes no value that it did not sign, for this ticket and as it is, and counts it', async () => {
      const [id, session, expiresAt, mac, endsAt] = await genuine('a');
      const forged = [
        [id, session, expiresAt],
        [id, session, expiresAt, ''],
        [id, session, expiresAt, 'A'.repeat(22), endsAt],
        [id, session, expiresAt, mac],
        [id, session, expiresAt, mac, Number(endsAt) + 1],
        ['8', session, expiresAt, mac, endsAt],
        [id, sessionIdFrom(2, new Uint8Array(10)), expiresAt, mac, endsAt],
        [id, session, 9e14, mac, endsAt],
        [id, session, 1e308, mac, endsAt],
        await genuine('b'),
        await genuine('a', openGuard({ secret: 'another secret' })),
        {},
        [[], {}, null, 1],
      ] as readonly unknown[][];
      for (const value of [...forged, '', 'x', 'null', `"${'x'.repeat(100_000)}"`]) {
        expect(await take('a', value), JSON.stringify(value).slice(0, 100)).to.deep.equal({ taken: 'unverified', rejected: 1 });
      }
      expect(await take('a', [id, session, expiresAt, mac, endsAt])).to.deep.equal({ taken: identity, rejected: 0 });
    });

    it('takes no ticket that other software kept beyond its time', async () => {
      const opened = openGuard();
      await genuine('a', opened);
      await redis.client.persist(keyOf('a'));
      opened.clock.advance(41_000);
      expect(await new RedisTicketStore({ redis, guard: opened.guard }).take('a')).to.equal(null);
      expect(opened.rejected('ticket')).to.equal(0);
    });

    it('accepts tickets that were signed with a previous secret', async () => {
      await genuine('a', openGuard({ secret: 'the secret before' }));
      const store = new RedisTicketStore({ redis, guard: openGuard({ previous: ['the secret before'] }).guard });
      expect(await store.take('a')).to.deep.equal(identity);
    });

    it('writes values that the previous version reads: the first three of a list', async () => {
      expect((await genuine('a')).slice(0, 3)).to.deep.equal([identity.userId, identity.sessionId, identity.expiresAt]);
    });

    it('refuses with `dependency_unavailable` a ticket of another type', async () => {
      await redis.client.lpush(keyOf('a'), 'x');
      const store = new RedisTicketStore({ redis, guard: openGuard().guard });
      expect((await refusalOf(store.take('a'))).code).to.equal('dependency_unavailable');
    });
  });

  it('refuses with `dependency_unavailable` while Redis is dead', async () => {
    await using server = await startRedisServer();
    await using redis = await connectRedis({
      target: { kind: 'single', host: server.host, port: server.port },
      logger: new MemoryLogger(),
    });
    const store = new RedisTicketStore({ redis, guard: openGuard().guard });
    await server.kill();
    expect((await refusalOf(store.put('ticket', identity, 30))).code).to.equal('dependency_unavailable');
    expect((await refusalOf(store.take('ticket'))).code).to.equal('dependency_unavailable');
  });
});
