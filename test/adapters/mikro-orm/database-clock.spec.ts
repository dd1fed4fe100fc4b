import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { DatabaseClock } from '../../../adapters/mikro-orm/database-clock.js';
import { rejection } from '../../kit/contracts/support/samples.js';
import { itInTime, realTimeRunner } from '../../support/it-in-time.js';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { clockContract } from '../../kit/contracts/clock.contract.js';
import { openByFile } from '../../contracts/support/open-test-database.js';

const hour = 3_600_000;

describe('The clock of an embedded database', () => {
  let folder: string;
  let database: Database;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'move-acces-clock-'));
    database = await openByFile(join(folder, 'clock.db'));
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  clockContract('the clock of an embedded database', () => ({ clock: database.clock, pass: delay }), realTimeRunner());
});

describe('The clock of a database', () => {
  const clock = new DatabaseClock({ ask: async () => Date.now() + hour });
  before(() => clock.start());
  after(() => clock[Symbol.dispose]());
  clockContract('a clock that a server sets', () => ({ clock, pass: delay }), realTimeRunner());
  itInTime('is the server’s, whatever this machine thinks', () => {
    expect(clock.now() - Date.now()).to.be.within(hour - 20, hour + 20);
  });

  itInTime('believes the answer that came quickest: a slow one may be old', async () => {
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

  it('is not started by a server that does not answer, and tells no time before it is', async () => {
    const failure = new Error('no');
    using silent = new DatabaseClock({ ask: () => Promise.reject(failure) });
    expect(await rejection(silent.start())).to.equal(failure);
    expect(() => silent.now()).to.throw('not started');
  });
});
