import { expect } from 'chai';
import { parseSessionId, sessionIdFrom } from '../../core/domain/ids.js';

describe('A session id', () => {
  const random = Uint8Array.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6]);

  it('is a UUID of version 7 that sorts by time', () => {
    const earlier = sessionIdFrom(1_800_000_000_000, random);
    expect(parseSessionId(earlier)).to.equal(earlier);
    expect(earlier < sessionIdFrom(1_800_000_000_001, new Uint8Array(10))).to.equal(true);
  });

  it('keeps every random bit that its format has room for', () => {
    const ids = new Set<string>();
    for (let index = 0; index < 10; index++) {
      for (let bit = 0; bit < 8; bit++) {
        const bytes = new Uint8Array(10);
        bytes[index] = 1 << bit;
        ids.add(sessionIdFrom(0, bytes));
      }
    }
    expect(ids.size).to.be.at.least(74);
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'x',
      '01890000-0000-4000-8000-000000000000',
      '01890000-0000-7000-8000-00000000000G',
      "01890000-0000-7000-8000-000000000000' or 1=1",
    ]) {
      expect(parseSessionId(text), text).to.equal(null);
    }
  });
});
