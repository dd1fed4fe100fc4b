import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseClock } from '../../adapters/mikro-orm/database-clock.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import { clockContract } from '../kit/contracts/clock.contract.js';
import { realTimeRunner } from '../support/it-in-time.js';
import { memoryHarnesses } from './support/memory-harnesses.js';

describe('The clock', () => {
  const hourMs = 3_600_000;
  const ofServer = new DatabaseClock({ ask: async () => Date.now() + hourMs });
  before(() => ofServer.start());
  after(() => ofServer[Symbol.dispose]());

  clockContract('memory', memoryHarnesses.clock);
  clockContract('system', () => ({ clock: new SystemClock(), pass: delay }), realTimeRunner());
  clockContract('a clock that a server sets', () => ({ clock: ofServer, pass: delay }), realTimeRunner());
});
