import { expect } from 'chai';
import type { Clock } from '../../../core/ports/clock.js';
import { globalRunner, type TestRunner } from '../runner/test-runner.js';

export interface ClockHarness {
  readonly clock: Clock;
  /** Lets at least `ms` pass. */
  pass(ms: number): Promise<void>;
}

/** The contract of every `Clock`. */
export function clockContract(name: string, open: () => ClockHarness, runner: TestRunner = globalRunner()): void {
  const { describe, it, itInTime = it } = runner;
  describe(`${name} as a clock`, () => {
    it('returns whole milliseconds since 1970', () => {
      const now = open().clock.now();
      expect(Number.isInteger(now)).to.equal(true);
      expect(now).to.be.within(Date.UTC(2020, 0, 1), Date.UTC(2100, 0, 1));
    });

    itInTime('advances with time', async () => {
      const { clock, pass } = open();
      const before = clock.now();
      await pass(30);
      expect(clock.now() - before).to.be.within(29, 1000);
    });
  });
}
