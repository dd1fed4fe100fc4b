import { expect } from 'chai';
import type { Random } from '../../../core/ports/random.js';
import { globalRunner, type TestRunner } from '../runner/test-runner.js';

/** The contract of every `Random`, as far as a test can check it. */
export function randomContract(name: string, open: () => Random, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as randomness`, () => {
    it('returns as many bytes as requested', () => {
      const random = open();
      for (const count of [0, 1, 10, 16, 1000]) expect(random.bytes(count)).to.be.instanceOf(Uint8Array).with.length(count);
    });

    it('gives other bytes each time', () => {
      const random = open();
      const texts = Array.from({ length: 200 }, () => random.bytes(16).join());
      expect(new Set(texts).size).to.equal(200);
    });

    it('gives every byte about as often as any other', () => {
      const random = open();
      const counts = new Array<number>(256).fill(0);
      for (const byte of random.bytes(256 * 400)) counts[byte] = (counts[byte] ?? 0) + 1;
      expect(Math.min(...counts)).to.be.greaterThan(250);
      expect(Math.max(...counts)).to.be.lessThan(550);
    });
  });
}
