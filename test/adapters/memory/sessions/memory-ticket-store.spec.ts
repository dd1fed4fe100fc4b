import { expect } from 'chai';
import { ManualClock } from '../../../../adapters/memory/manual-clock.js';
import { MemoryTicketStore } from '../../../../adapters/memory/sessions/memory-ticket-store.js';
import { sessionIdFrom, userId } from '../../../../core/domain/ids.js';

const identity = { userId: userId('7'), sessionId: sessionIdFrom(1, new Uint8Array(10)), expiresAt: 900_000 };

describe('MemoryTicketStore', () => {
  it('removes the tickets that were not used', async () => {
    const clock = new ManualClock();
    const store = new MemoryTicketStore({ clock });
    for (let number = 0; number < 100; number++) {
      await store.put(`ticket-${number}`, identity, 30);
      clock.advance(10_000);
    }
    expect(store.size).to.be.at.most(4);
  });
});

describe('MemoryTicketStore of a client that fetches tickets and uses none', () => {
  it('keeps the newest of a session alone, and takes nothing from other sessions', async () => {
    const store = new MemoryTicketStore({ clock: new ManualClock() });
    const other = { ...identity, sessionId: sessionIdFrom(2, new Uint8Array(10)) };
    await store.put('of another session', other, 30);
    for (let number = 0; number < 1000; number++) await store.put(`ticket-${number}`, identity, 30);
    expect(store.size).to.equal(33);
    expect(await store.take('ticket-967')).to.equal(null);
    expect(await store.take('ticket-968')).to.deep.equal(identity);
    expect(await store.take('ticket-999')).to.deep.equal(identity);
    expect(await store.take('of another session')).to.deep.equal(other);
  });

  it('keeps no more than it may of all sessions: the oldest make room', async () => {
    const store = new MemoryTicketStore({ clock: new ManualClock(), maxInAll: 100 });
    for (let number = 0; number < 1000; number++) {
      await store.put(`ticket-${number}`, { ...identity, sessionId: sessionIdFrom(number, new Uint8Array(10)) }, 30);
    }
    expect(store.size).to.equal(100);
    expect(await store.take('ticket-899')).to.equal(null);
    expect(await store.take('ticket-900')).to.be.an('object');
  });
});
