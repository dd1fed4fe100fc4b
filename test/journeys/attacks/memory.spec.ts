import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { inspectable, watchLiveBytes } from '../../support/live-bytes-of.js';
import { startServer } from '../../support/running-server.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { registerSomeone } from '../support/phone.js';
import { stages } from '../support/stages.js';

const mib = 2 ** 20;
const defaultLimits = { LOGIN_RATE_LIMIT: '5/60', API_RATE_LIMIT: '100/300', ACCOUNT_RATE_LIMIT: '10/900' };
const socketUrl = (url: string) => `${url.replace(/^http/, 'ws')}/ws`;

/** The largest that is taken, in characters of two bytes each in the memory of the server. */
const largest = `€${'x'.repeat(63_990)}`;

describe('sixteen accounts of one address, under the default limits', () => {
  // with Redis, history is not in the process
  it('hold little memory of a process after they have left, whatever they sent', async () => {
    await using stage = await embeddedStage({ ...defaultLimits, ...inspectable });
    await using server = await startServer({ ...stage, args: ['serve', 'all'] });
    const accounts = [];
    for (let count = 0; count < 16; count++) accounts.push(await registerSomeone(server.url));
    await using memory = await watchLiveBytes(server);
    const before = await memory.measureMib();
    const sending = accounts.map(async ({ access_token: token }) => {
      await using client = await connect(socketUrl(server.url), { token });
      await client.next('welcome');
      for (let count = 0; count < 38; count++) client.say({ type: 'send', name: 'n', data: largest });
      client.say({ type: 'ping' });
      await client.next('pong');
    });
    await Promise.all(sending);
    await delay(100);
    expect((await memory.measureMib()) - before).to.be.below(16);
  });
});

for (const { name, open } of stages) {
  describe(`one socket, ${name}`, () => {
    it('that resumes again and again for 3 KB makes the server send 3 MiB at most', async () => {
      await using stage = await open(defaultLimits);
      await using server = await startServer({ ...stage, args: ['serve', 'all'] });
      const { access_token: token } = await registerSomeone(server.url);
      await using sender = await connect(socketUrl(server.url), { token });
      const { epoch } = await sender.next('welcome');
      for (let count = 0; count < 4; count++) sender.say({ type: 'send', name: 'n', data: 'x'.repeat(60_000) });
      for (let count = 0; count < 4; count++) await sender.next('event');

      await using client = await connect(socketUrl(server.url), { token });
      await client.next('welcome');
      for (let count = 0; count < 38; count++) client.say({ type: 'resume', epoch, offset: 0 });
      client.say({ type: 'ping' });
      await client.next('pong');
      const received = client.messages.reduce((sum, message) => sum + JSON.stringify(message).length, 0);
      expect(received).to.be.within(1 * mib, 3 * mib);
      expect(client.messages.some(({ code }) => code === 'rate_limited')).to.equal(true);
    });
  });
}
