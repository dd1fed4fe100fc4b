import { expect } from 'chai';
import { BackOff } from '../../../hosts/cluster/back-off.js';

describe('BackOff', () => {
  it('starts at once, then doubles with each short life up to a most', () => {
    const backOff = new BackOff();
    expect(Array.from({ length: 10 }, () => backOff.afterLifeOf(800))).to.deep.equal([
      0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('starts again from zero after a long life', () => {
    const backOff = new BackOff({ steadyMs: 60_000 });
    expect([0, 0, 59_999, 60_000, 10].map((livedMs) => backOff.afterLifeOf(livedMs))).to.deep.equal([0, 500, 1000, 0, 500]);
  });
});
