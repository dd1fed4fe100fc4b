import { setTimeout as delay } from 'node:timers/promises';
import { SystemScheduler } from '../../adapters/system/system-scheduler.js';
import { schedulerContract } from '../kit/contracts/scheduler.contract.js';
import { realTimeRunner } from '../support/it-in-time.js';
import { memoryHarnesses } from './support/memory-harnesses.js';

describe('The scheduler', () => {
  schedulerContract('memory', memoryHarnesses.scheduler);
  schedulerContract('system', () => ({ scheduler: new SystemScheduler({ onError: () => {} }), pass: (ms) => delay(ms) }), realTimeRunner());
});
