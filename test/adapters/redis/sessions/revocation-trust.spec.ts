import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { RedisRevocationFeed } from '../../../../adapters/redis/sessions/redis-revocation-feed.js';
import type { Revocation } from '../../../../core/domain/sessions/session.js';
import { openGuard } from '../../../contracts/support/open-guard.js';
import { connectTo, type RedisHands } from '../../../contracts/support/redis-hands.js';
import { sampleRevocation } from '../../../kit/contracts/sessions/revocation-feed.contract.js';
import { RecordingListener } from '../../../kit/contracts/support/recording-listener.js';
import { itInTime } from '../../../support/it-in-time.js';
import { sharedRedisServer } from '../../../support/servers/shared-redis.js';

const stream = 'ma:revocations';
const number = '{ma:revocations}:number';

describe('RedisRevocationFeed, where other software writes Redis,', () => {
  let own: RedisHands;
  let opened: AsyncDisposableStack;

  beforeEach(async () => {
    opened = new AsyncDisposableStack();
    const server = await sharedRedisServer();
    await server.flushAll();
    own = opened.use(await connectTo(server));
  });
  afterEach(() => opened.disposeAsync());

  const follow = async (guard = own.guard) => {
    const listener = new RecordingListener();
    const following = await new RedisRevocationFeed({ ...own, guard }).follow(listener);
    opened.defer(() => following.stop());
    return listener;
  };
  const textOf = (revocations: readonly Revocation[]) =>
    JSON.stringify(revocations.map(({ sessionId, userId, revokedAt, reason }) => [sessionId, userId, revokedAt, reason]));
  const put = async (text: string, ...mac: readonly string[]) => {
    const next = await own.redis.client.incr(number);
    await own.redis.client.xadd(stream, '*', 'number', next, 'revocations', text, ...mac);
  };
  const signed = (text: string, { guard } = openGuard()) => put(text, 'mac', guard.sign('revocation', text));
  /** What is announced next reaches the listener, be it after a loss. */
  const expectToWork = async (listener: RecordingListener) => {
    const deadline = performance.now() + 2000;
    while (performance.now() < deadline) {
      const revocation = sampleRevocation();
      await new RedisRevocationFeed(own).announce([revocation]);
      await delay(50);
      if (listener.revocations.some(({ sessionId }) => sessionId === revocation.sessionId)) return;
    }
    expect.fail('nothing that was announced was told');
  };

  it('ends no session by an entry without a MAC, as the version before writes it, and is not lost by it', async () => {
    const listener = await follow();
    await put(textOf([sampleRevocation()]));
    const genuine = sampleRevocation();
    await new RedisRevocationFeed(own).announce([genuine]);
    await listener.until(() => listener.revocations.length > 0, 1000);
    expect(listener.revocations).to.deep.equal([genuine]);
    expect(listener.losses).to.equal(0);
    expect(own.rejected('revocation')).to.equal(1);
  });

  it('ends no session for an entry that it did not sign, or whose content is not possible', async () => {
    const listener = await follow();
    const { clock } = openGuard();
    const sample = sampleRevocation();
    const text = textOf([sample]);
    const forged = openGuard({ secret: 'another secret' });
    await signed(text, forged);
    await put(textOf([{ ...sample, revokedAt: 1 }]), 'mac', own.guard.sign('revocation', text));
    await put(text, 'mac', own.guard.sign('event', text));
    await put(text, 'mac', '');
    for (const revokedAt of [clock.now() + 20_000, 1.5, 1e308]) await signed(textOf([{ ...sample, revokedAt }]));
    await signed(textOf(Array.from({ length: 101 }, () => sampleRevocation())));
    for (const odd of ['', '{', '{}', '[1]', 'null', '[["x","42",1,"logout"]]', `[${'['.repeat(5000)}`]) await signed(odd);
    await expectToWork(listener);
    expect(listener.revocations.some(({ sessionId }) => sessionId === sample.sessionId)).to.equal(false);
    expect(own.rejected('revocation')).to.equal(15);
    expect(own.logger.entries.filter(({ message }) => message.includes('rejected'))).to.have.lengthOf(1);
    expect(JSON.stringify(own.logger.entries)).not.to.include(sample.sessionId);
  });

  it('accepts the announcements of a process with a previous secret', async () => {
    const listener = await follow(openGuard({ previous: ['the secret before'] }).guard);
    await signed(textOf([sampleRevocation()]), openGuard({ secret: 'the secret before' }));
    await listener.until(() => listener.revocations.length === 1, 1000);
  });

  it('writes entries that the previous version reads: number and text as the first two fields', async () => {
    const revocation = sampleRevocation();
    await new RedisRevocationFeed(own).announce([revocation]);
    const [entry] = await own.redis.client.xrange(stream, '-', '+');
    expect(entry?.[1].slice(0, 4)).to.deep.equal(['number', '1', 'revocations', textOf([revocation])]);
  });

  const client = () => own.redis.client;
  const manipulations: Readonly<Record<string, () => Promise<unknown>>> = {
    'a number that is none': () => client().set(number, 'NaN'),
    'a number beyond all': () => client().set(number, '1e308'),
    'the last number': () => client().set(number, '9223372036854775807'),
    'a number that nothing can be counted on from': () => client().set(number, '9007199254740993'),
    'a number of another type': () =>
      client()
        .del(number)
        .then(() => client().lpush(number, 'x')),
    'a number that went up': () => client().set(number, '1000000'),
    'no number': () => client().del(number),
    'a stream of another type': () => client().set(stream, 'x'),
    'a stream that is at its end': () => client().xadd(stream, '18446744073709551615-18446744073709551615', 'number', '5', 'a', 'b'),
    'entries from the future': () => client().xadd(stream, '9999999999999-0', 'number', '1e308', 'revocations', '[]'),
    'entries of two fields': () => client().xadd(stream, '*', 'a', 'b'),
    'no stream': () => client().del(stream),
    neither: () => client().del(stream, number),
  };
  for (const [name, manipulate] of Object.entries(manipulations)) {
    itInTime(`continues with ${name}`, async () => {
      const listener = await follow();
      await new RedisRevocationFeed(own).announce([sampleRevocation()]);
      await listener.until(() => listener.revocations.length === 1, 1000);
      await manipulate();
      await expectToWork(listener);
      const heard = listener.heardTimes.length;
      await listener.until(() => listener.heardTimes.length > heard, 1500);
    });
  }
});
