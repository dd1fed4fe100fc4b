import { expect } from 'chai';
import { pointInTime, wholeNumber } from '../../../hosts/cli/options.js';

describe('The options of the command line', () => {
  it('take whole numbers within bounds and nothing else', () => {
    expect(wholeNumber(1, 1000)('0042')).to.equal(42);
    for (const text of ['0', '1001', '-1', '1.5', '1e2', ' 1', '', '１', '0x10', '9'.repeat(20)]) {
      expect(() => wholeNumber(1, 1000)(text), text).to.throw('whole number from 1 to 1000');
    }
  });

  it('take points in time as they are written, and ages', () => {
    expect(pointInTime('2026-01-31T12:00:00Z')).to.equal(Date.UTC(2026, 0, 31, 12));
    expect(pointInTime('2026-01-31 13:00:00+01:00')).to.equal(Date.UTC(2026, 0, 31, 12));
    expect(pointInTime('2026-01-31')).to.equal(new Date(2026, 0, 31).getTime());
    for (const [text, ms] of [
      ['90s', 90_000],
      ['15m', 900_000],
      ['2h', 7_200_000],
      ['7d', 604_800_000],
      ['1w', 604_800_000],
    ] as const) {
      const then = pointInTime(text);
      expect(Date.now() - then, text).to.be.within(ms, ms + 1000);
    }
    for (const text of ['yesterday', '', '2026', '31.01.2026', '2026-13-01', '-2h', '2 h', '1y', '2026-01-31T25:00Z']) {
      expect(() => pointInTime(text), text).to.throw('It wants a time');
    }
  });
});
