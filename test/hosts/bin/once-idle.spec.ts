import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { onceIdle } from '../../../hosts/bin/once-idle.js';
import { eventually } from '../../journeys/support/phone.js';

describe('What waits until a process is idle', () => {
  it('is not done while it works, and once when it rests', async () => {
    let times = 0;
    const count = () => {
      times += 1;
    };
    onceIdle(count, { stretchMs: 300 });
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
