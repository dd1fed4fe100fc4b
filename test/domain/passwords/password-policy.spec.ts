import { expect } from 'chai';
import { isHashable, passwordFault } from '../../../core/domain/passwords/password-policy.js';

describe('A password', () => {
  const fault = (password: string) => passwordFault(password, { minLength: 8 });

  it('is counted in letters as a person counts, not in UTF-16 units', () => {
    expect(fault('ééééééé')).to.match(/at least 8/);
    expect(fault('😀😀😀😀😀😀😀')).to.match(/at least 8/);
    expect(fault('😀😀😀😀😀😀😀😀')).to.equal(null);
  });

  it('may have 128 letters or 512 bytes, and not one more', () => {
    expect(fault('a'.repeat(128))).to.equal(null);
    expect(fault('a'.repeat(129))).to.match(/at most 128/);
    expect(fault('😀'.repeat(128))).to.equal(null);
    expect(fault(`${'😀'.repeat(127)}éa`)).to.match(/at most 128/);
  });

  it('is measured in its normal form, which is hashed', () => {
    expect(fault('e\u0301'.repeat(7))).to.match(/at least 8/);
    expect(fault('e\u0301'.repeat(128))).to.equal(null);
    expect(fault('e\u0301'.repeat(129))).to.match(/at most 128/);
    expect(isHashable('e\u0301'.repeat(128))).to.equal(true);
    expect(isHashable('\u0958'.repeat(128)), 'longer in normal form, and short as an older version took it').to.equal(true);
    expect(isHashable('e\u0301'.repeat(129))).to.equal(false);
  });

  it('is well-formed Unicode', () => {
    expect(fault('abcdefgh\ud800')).to.match(/well-formed/);
  });
});
