import { expect } from 'chai';
import { MemoryClosedConnections } from '../../../../adapters/memory/live/memory-closed-connections.js';
import { ManualClock } from '../../../../adapters/memory/manual-clock.js';
import { sessionIdFrom } from '../../../../core/domain/ids.js';

const session = sessionIdFrom(1, new Uint8Array(10));

describe('Counting closed connections in memory', () => {
  it('in memory forgets after a minute', async () => {
    const clock = new ManualClock();
    const counter = new MemoryClosedConnections({ clock });
    await counter.add(session, 2);
    clock.advance(59_000);
    expect(await counter.settledCount([session])).to.equal(2);
    clock.advance(1_000);
    expect(await counter.settledCount([session])).to.equal(0);
  });

  it('in memory counts so many sessions at once, and forgets the one added first for one more', async () => {
    const counter = new MemoryClosedConnections({ clock: new ManualClock() });
    for (let number = 0; number < 20_100; number++) await counter.add(sessionIdFrom(number, new Uint8Array(10)), 1);
    expect(counter.size).to.equal(20_000);
    expect(await counter.settledCount([sessionIdFrom(99, new Uint8Array(10))])).to.equal(0);
    expect(await counter.settledCount([sessionIdFrom(100, new Uint8Array(10))])).to.equal(1);
  });
});
