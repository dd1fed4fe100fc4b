import { setTimeout as delay } from 'node:timers/promises';
import { cachedDataVersionTag, getHeapSpaceStatistics } from 'node:v8';
import { expect } from 'chai';
import { onceIdle, releaseStartMemory } from '../../../hosts/bin/process-lifetime.js';
import { eventually } from '../../journeys/support/phone.js';

describe('Work that waits until a process is idle', () => {
  it('is not done while it works, and once when it rests', async () => {
    let times = 0;
    const count = () => {
      times += 1;
    };
    onceIdle(count, { intervalMs: 300 });
    const startedAt = performance.now();
    while (performance.now() - startedAt < 1200) {
      const turnEndsAt = performance.now() + 20;
      while (performance.now() < turnEndsAt);
      await delay(1);
    }
    expect(times).to.equal(0);
    await eventually(
      async () => times,
      (is) => is > 0,
      20_000,
    );
    await delay(700);
    expect(times).to.equal(1);
  });
});

const mebibyte = 1024 * 1024;

const roomForYoungObjects = (): number =>
  (getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0) / mebibyte;

/** Many objects that live a while, as modules do that are being loaded. */
function makeObjects(): void {
  const objects: object[] = [];
  for (let count = 0; count < 400_000; count += 1) objects.push({ count, list: [count] });
}

describe('The memory of a start', () => {
  it('is given back: the room for young objects shrinks to next to nothing', () => {
    while (roomForYoungObjects() < 8) makeObjects();
    releaseStartMemory();
    expect(roomForYoungObjects()).to.be.below(4);
  });

  it('is given back without a trace in the flags that compiled code is kept for', () => {
    const before = cachedDataVersionTag();
    releaseStartMemory();
    expect(cachedDataVersionTag()).to.equal(before);
    expect(globalThis).to.not.have.property('gc');
  });
});
