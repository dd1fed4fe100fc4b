import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { liveHeapGrowth } from '../support/live-heap.js';

/** Of numbers, eight bytes each, that the heap holds. */
const mebibytesOfNumbers = (count: number): number[][] =>
  Array.from({ length: count }, () => Array.from({ length: 2 ** 17 }, (_, index) => index + 0.5));

describe('The growth of the live heap', () => {
  it('is the memory held meanwhile, also where it is released before the end', async () => {
    const { result, peakMib } = await liveHeapGrowth(async () => {
      const held = mebibytesOfNumbers(24);
      await delay(600);
      return held.length;
    });
    expect(result).to.equal(24);
    expect(peakMib).to.be.within(20, 40);
  });

  it('does not contain immediate garbage', async () => {
    const { peakMib } = await liveHeapGrowth(async () => {
      for (let round = 0; round < 24; round += 1) {
        mebibytesOfNumbers(1);
        await delay(25);
      }
    });
    expect(peakMib).to.be.below(6);
  });
});
