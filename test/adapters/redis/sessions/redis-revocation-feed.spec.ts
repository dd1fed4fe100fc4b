import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { RedisRevocationFeed } from '../../../../adapters/redis/sessions/redis-revocation-feed.js';
import { duration, type RedisHands } from '../../../contracts/support/redis-hands.js';
import { sampleRevocation } from '../../../kit/contracts/sessions/revocation-feed.contract.js';
import { RecordingListener } from '../../../kit/contracts/support/recording-listener.js';
import { atOnce } from '../../../kit/contracts/support/samples.js';
import { itInTime } from '../../../support/it-in-time.js';
import { redisOfEachTest } from '../support/redis-of-each-test.js';

describe('the feed of revocations on redis', () => {
  const redis = redisOfEachTest();

  const follow = async (hands: RedisHands) => {
    const listener = new RecordingListener();
    const following = await new RedisRevocationFeed(hands).follow(listener);
    return { listener, stop: () => following.stop() };
  };

  itInTime('reports a loss when Redis is killed, works again when it is back, and then delivers new revocations', async () => {
    const { listener, stop } = await follow(redis.other);
    await redis.server.kill();
    await listener.until(() => listener.losses > 0, 500);
    await new RedisRevocationFeed(redis.own).announce([sampleRevocation()]);
    await redis.server.start();
    const heard = listener.heardTimes.length;
    await listener.until(() => listener.heardTimes.length > heard, 3000);
    const revocation = sampleRevocation('admin');
    await redis.own.redis.ready({ patienceMs: 3000 });
    await new RedisRevocationFeed(redis.own).announce([revocation]);
    await listener.until(() => listener.revocations.length > 0, 500);
    expect(listener.revocations).to.deep.equal([revocation]);
    await stop();
  });

  itInTime('reports a loss within a second when Redis is frozen, and continues afterwards', async () => {
    const { listener, stop } = await follow(redis.other);
    redis.server.freeze();
    await listener.until(() => listener.losses > 0, 1000);
    redis.server.thaw();
    const heard = listener.heardTimes.length;
    await listener.until(() => listener.heardTimes.length > heard, 3000);
    await new RedisRevocationFeed(redis.own).announce([sampleRevocation()]);
    await listener.until(() => listener.revocations.length === 1, 1000);
    await stop();
  });

  itInTime('reports a loss when Redis was emptied, with or without revocations since', async () => {
    const feed = new RedisRevocationFeed(redis.own);
    const { listener, stop } = await follow(redis.other);
    await feed.announce([sampleRevocation()]);
    await listener.until(() => listener.revocations.length === 1, 500);
    await redis.server.flushAll();
    await listener.until(() => listener.losses > 0, 1000);
    const heard = listener.heardTimes.length;
    await listener.until(() => listener.heardTimes.length > heard, 500);
    const { losses } = listener;
    await delay(400);
    expect(listener.losses).to.equal(losses);
    await Promise.all([redis.server.flushAll(), feed.announce([sampleRevocation()]), feed.announce([sampleRevocation()])]);
    await listener.until(() => listener.losses > losses, 1000);
    await stop();
  });

  itInTime('reports a loss when the stream was cut before it was read', async () => {
    const { listener, stop } = await follow(redis.other);
    const { client } = redis.own.redis;
    await listener.until(() => listener.heardTimes.length > 1, 1000);
    await client.multi().incr('{ma:revocations}:number').exec();
    await listener.until(() => listener.losses > 0, 1500);
    await stop();
  });

  itInTime('reports a loss when an entry is missing before the one that it received', async () => {
    const { listener, stop } = await follow(redis.other);
    const { sessionId, userId, revokedAt, reason } = sampleRevocation();
    const text = JSON.stringify([[sessionId, userId, revokedAt, reason]]);
    const number = '{ma:revocations}:number';
    const next = Number(await redis.own.redis.client.get(number)) + 2;
    const mac = redis.own.guard.sign('revocation', text);
    await redis.own.redis.client
      .multi()
      .set(number, next)
      .xadd('ma:revocations', '*', 'number', next, 'revocations', text, 'mac', mac)
      .exec();
    await listener.until(() => listener.losses > 0, 200);
    expect(listener.revocations).to.deep.equal([{ sessionId, userId, revokedAt, reason }]);
    await stop();
  });

  itInTime('reports a loss when it cannot read an entry', async () => {
    const { listener, stop } = await follow(redis.other);
    for (const text of ['', '{', '[1]', '[["x","42",1,"logout"]]', '[["01890000-0000-7000-8000-000000000000","42",1,"because"]]']) {
      const { losses } = listener;
      await redis.own.redis.client
        .multi()
        .incr('{ma:revocations}:number')
        .xadd('ma:revocations', '*', 'number', 'x', 'revocations', text)
        .exec();
      await listener.until(() => listener.losses > losses, 1000);
    }
    expect(listener.revocations).to.deep.equal([]);
    await stop();
  });

  itInTime('announces without delay when Redis is stopped or frozen, and logs it once', async () => {
    const feed = new RedisRevocationFeed(redis.own);
    const many = Array.from({ length: 5000 }, () => sampleRevocation());
    redis.server.freeze();
    expect(await duration(() => feed.announce(many))).to.be.lessThan(400);
    redis.server.thaw();
    await redis.server.kill();
    expect(await duration(() => feed.announce(many))).to.be.lessThan(200);
    expect(redis.own.logger.entries.filter((entry) => entry.message.startsWith('revocations cannot be announced'))).to.have.length(1);
  });

  itInTime('starts and stops in time also when Redis is dead', async () => {
    await redis.server.kill();
    let following: Awaited<ReturnType<typeof follow>> | null = null;
    expect(
      await duration(async () => {
        following = await follow(redis.other);
      }),
    ).to.be.lessThan(1500);
    expect(await duration(async () => following?.stop())).to.be.lessThan(300);
  });

  it('bounds its stream', async () => {
    const feed = new RedisRevocationFeed(redis.own);
    for (let round = 0; round < 24; round += 1) await atOnce(500, () => feed.announce([sampleRevocation()]));
    expect(await redis.own.redis.client.xlen('ma:revocations')).to.be.within(10_000, 10_200);
  });
});
