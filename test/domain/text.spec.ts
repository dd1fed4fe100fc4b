import { expect } from 'chai';
import { canonicalEmail, parseNewEmail } from '../../core/domain/accounts/email-address.js';
import { parseProfileChanges } from '../../core/domain/accounts/profile-fields.js';
import { isHashable, passwordFault } from '../../core/domain/passwords/password-policy.js';
import { isPersonalPassword } from '../../core/domain/passwords/personal-password.js';
import { tidyLine } from '../../core/domain/text.js';

/** Marks of two classes by turns: to sort them takes time by the square of their number. */
const marks = (length: number) => `a${'\u0300\u0316'.repeat(length / 2)}`;

describe('A text that is too long', () => {
  it('is refused before it is brought into another form', () => {
    const start = performance.now();
    const email = `ann@xn--${'a'.repeat(60_000)}`;
    expect(parseNewEmail(email)).to.equal(null);
    expect(canonicalEmail(email)).to.equal(email);
    expect(isPersonalPassword('correct horse battery', { email: `ann@${marks(60_000)}` }, 'Move Acces')).to.equal(false);
    expect(passwordFault(marks(60_000), { minLength: 8 })).to.match(/^at most 128/);
    expect(isHashable(marks(60_000))).to.equal(false);
    const { changes, violations } = parseProfileChanges({ firstName: marks(60_000) });
    expect({ changes, violations }).to.deep.equal({ changes: {}, violations: [{ field: 'firstName', rule: 'at most 100 characters' }] });
    expect(performance.now() - start).to.be.below(400); // seconds without a bound
  });
});

describe('A line from outside', () => {
  it('cannot break the line it is put in, and is cut at its limit', () => {
    expect(tidyLine('a\r\nb\u2028c\u0085d', 100)).to.equal('a  b c d');
    expect(tidyLine('😀'.repeat(10), 3)).to.equal('😀😀😀');
    expect(tidyLine('\ud800', 10)).to.equal('\ufffd');
    expect(tidyLine(' \u0000 ', 10)).to.equal(null);
  });

  it('is none without a visible character, and keeps its order', () => {
    for (const text of ['\u200b\u2060', '\u202e', ' \u3164 ', '\ufeff']) expect(tidyLine(text, 100), JSON.stringify(text)).to.equal(null);
    expect(tidyLine('Ana\u202e’s phone', 100)).to.equal('Ana ’s phone');
    expect(tidyLine('📱\ufe0f \u{1f469}\u200d\u{1f4bb}', 100)).to.equal('📱\ufe0f \u{1f469}\u200d\u{1f4bb}');
  });
});
