import { expect } from 'chai';
import { sessionIdFrom, userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { DisconnectionRecorder } from '../../../hosts/ws/disconnection-recorder.js';
import { HeldMemory, type MemoryHolder } from '../../../hosts/ws/held-memory.js';
import { Inbox } from '../../../hosts/ws/inbox.js';
import { LongMessages } from '../../../hosts/ws/long-messages.js';
import { TrafficBudgets } from '../../../hosts/ws/traffic-budgets.js';
import { makeWorld } from '../../kit/make-world.js';
import { CountedMetrics } from './support/counted-metrics.js';

const anna = userId('1');

describe('Inbox', () => {
  it('stops reading when thousands of small messages wait, and continues once they are handled', async () => {
    const handling = Promise.withResolvers<void>();
    const pauses: boolean[] = [];
    const handled: string[] = [];
    const inbox = new Inbox({
      handle: (data) => {
        handled.push(data.toString());
        return handling.promise;
      },
      pause: (isPaused) => void pauses.push(isPaused),
    });
    let put = 0;
    for (; pauses.length === 0 && put < 100_000; put++) inbox.put(Buffer.from('1'));
    expect(put).to.be.below(3000);
    expect(inbox.heldBytes).to.be.within(128 * 1024, 129 * 1024);
    handling.resolve();
    while (pauses.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(pauses).to.deep.equal([true, false]);
    expect([handled.length, inbox.heldBytes]).to.deep.equal([put, 0]);
  });
});

describe('LongMessages', () => {
  it('has their bytes collected after each 16 MiB of them, and counts no short ones', () => {
    let collections = 0;
    const messages = new LongMessages({ collect: () => void collections++ });
    for (let count = 0; count < 100_000; count++) messages.note(4000);
    expect(collections).to.equal(0);
    for (let count = 0; count < 32 * 16; count++) messages.note(64 * 1024);
    expect(collections).to.equal(2);
  });
});

describe('TrafficBudgets', () => {
  const limits = { trafficPerSecond: 1000, trafficBurst: 5000, trafficDebt: 2000 };

  it('let a user spend the burst at once, and then so much a second in the long run', () => {
    const budgets = new TrafficBudgets(limits);
    let spent = 0;
    for (let now = 0; now < 60_000; now += 10) if (budgets.spend(anna, 100, now)) spent += 100;
    expect(spent).to.be.within(64_000, 65_200);
  });

  it('allow one debt, and return how long it takes to pay it', () => {
    const budgets = new TrafficBudgets(limits);
    expect(budgets.spend(anna, 6000, 0)).to.equal(true);
    expect(budgets.spend(anna, 1, 0)).to.equal(false);
    expect(budgets.waitMs(anna, 0)).to.be.within(1000, 1002);
    expect(budgets.spend(anna, 1, 1002)).to.equal(true);
  });

  it('detect a user that continues long after the budget is used up', () => {
    const budgets = new TrafficBudgets(limits);
    const taken = Array.from({ length: 10 }, () => budgets.charge(anna, 1000, 0));
    expect(taken).to.deep.equal([true, true, true, true, true, true, true, false, false, false]);
    expect(budgets.charge(userId('2'), 1000, 0)).to.equal(true);
  });

  it('keep none that is full again', () => {
    const budgets = new TrafficBudgets(limits);
    for (let user = 0; user < 1000; user++) budgets.spend(userId(String(user)), 100, 0);
    budgets.spend(anna, 3000, 0);
    budgets.forgetFull(50);
    expect(budgets.size).to.equal(1000);
    budgets.forgetFull(100);
    expect(budgets.size).to.equal(1);
    expect(budgets.spend(anna, 2000, 100)).to.equal(true);
    expect(budgets.spend(anna, 1, 100)).to.equal(false);
  });
});

describe('HeldMemory', () => {
  class Holder implements MemoryHolder {
    heldBytes: number;
    isCut = false;
    constructor(heldBytes: number) {
      this.heldBytes = heldBytes;
    }
    cutForMemory() {
      this.isCut = true;
    }
  }

  it('closes the connections that hold most, and no more of them than necessary', () => {
    const memory = new HeldMemory({ maxBytes: 1000 });
    const holders = [100, 300, 200, 50, 340].map((bytes) => new Holder(bytes));
    for (const holder of holders) memory.note(holder);
    expect(holders.some(({ isCut }) => isCut)).to.equal(false);
    const last = new Holder(20);
    memory.note(last);
    expect(holders.map(({ isCut }) => isCut)).to.deep.equal([false, false, false, false, true]);
    expect(memory.bytes).to.equal(670);
  });

  it('counts again before it closes one: bytes that were sent meanwhile are not held', () => {
    const memory = new HeldMemory({ maxBytes: 1000 });
    const holders = Array.from({ length: 20 }, () => new Holder(500));
    for (const holder of holders) {
      memory.note(holder);
      holder.heldBytes = 0;
    }
    expect(holders.some(({ isCut }) => isCut)).to.equal(false);
    memory.recount();
    expect(memory.bytes).to.equal(0);
  });
});

describe('DisconnectionRecorder', () => {
  it('are logged and counted as lost where too many wait to be recorded', async () => {
    const { logger } = makeWorld();
    const metrics = new CountedMetrics();
    const recording = Promise.withResolvers<void>();
    let recorded = 0;
    const recordDisconnection = {
      execute: async () => {
        await recording.promise;
        recorded += 1;
      },
    };
    const disconnections = new DisconnectionRecorder({ services: { logger, metrics, recordDisconnection }, maxWaiting: 10 });
    const admission = { userId: anna, sessionId: sessionIdFrom(1, new Uint8Array(10)), expiresAt: 0, expiresIn: 0 };
    for (let count = 0; count < 100; count++) disconnections.record({ admission, origin: noOrigin, closeCode: 1000, seconds: 1 });
    expect(logger.entries.filter(({ message }) => message === 'socket closed')).to.have.lengthOf(100);
    recording.resolve();
    await disconnections.idle();
    expect([recorded, metrics.value('move_acces_audit_lost_total')]).to.deep.equal([26, 74]);
  });
});
