import { expect } from 'chai';
import type { HashCost } from '../../../../hosts/cli/cli-actions.js';
import { calibrate } from '../../../../hosts/cli/passwords/calibrate.js';

describe('Calibrating hashes', () => {
  const machine = (msPerPass: number, noise = 0) => {
    let call = 0;
    return ({ memoryKib, timeCost }: HashCost) => {
      call += 1;
      return Promise.resolve((msPerPass * timeCost * memoryKib) / 19_456 + (call % 2) * noise + 1);
    };
  };
  const fewestPasses = () => 2;

  it('finds the max passes within the time', async () => {
    for (const [msPerPass, targetMs] of [
      [10, 100],
      [3, 250],
      [0.5, 30],
      [9.7, 100],
    ] as const) {
      const { recommended, isWithinTarget } = await calibrate(
        { targetMs, memoryKib: 19_456 },
        { measureHash: machine(msPerPass), fewestPasses },
      );
      expect(isWithinTarget).to.equal(true);
      expect(recommended.ms).to.be.at.most(targetMs);
      const most = Math.min(100, Math.floor((targetMs - 1) / msPerPass));
      expect(recommended.cost.timeCost).to.be.within(most - 1, most);
    }
  });

  it('never recommends a cost that is not accepted, and reports that it takes longer', async () => {
    const calibration = await calibrate({ targetMs: 5, memoryKib: 19_456 }, { measureHash: machine(10), fewestPasses });
    expect(calibration).to.include({ isWithinTarget: false });
    expect(calibration.recommended.cost).to.deep.equal({ memoryKib: 19_456, timeCost: 2, parallelism: 1 });
  });

  it('ends also on a machine that is never the same', async () => {
    const { measurements } = await calibrate({ targetMs: 100, memoryKib: 19_456 }, { measureHash: machine(5, 40), fewestPasses });
    expect(measurements.length).to.be.at.most(8);
  });
});
