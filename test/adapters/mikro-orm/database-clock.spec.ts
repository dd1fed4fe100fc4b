import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { DatabaseClock } from '../../../adapters/mikro-orm/database-clock.js';
import { rejection } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';

const hour = 3_600_000;

describe('The clock of a database', () => {
  const clock = new DatabaseClock({ ask: async () => Date.now() + hour });
  before(() => clock.start());
  after(() => clock[Symbol.dispose]());

  itInTime('is the server’s, whatever the time of this machine', () => {
    expect(clock.now() - Date.now()).to.be.within(hour - 20, hour + 20);
  });

  itInTime('uses the fastest response: a slow one may be old', async () => {
    const waits = [60, 0, 90, 60];
    const ask = async () => {
      const wait = waits.shift() ?? 0;
      const now = Date.now() + hour;
      await delay(wait);
      return now;
    };
    using asked = new DatabaseClock({ ask });
    await asked.start();
    expect(asked.now() - Date.now()).to.be.within(hour - 10, hour + 10);
  });

  it('is not started by a server that does not respond, and returns no time before it is started', async () => {
    const failure = new Error('no');
    using silent = new DatabaseClock({ ask: () => Promise.reject(failure) });
    expect(await rejection(silent.start())).to.equal(failure);
    expect(() => silent.now()).to.throw('not started');
  });
});
