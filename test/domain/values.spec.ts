import { expect } from 'chai';
import { canonicalEmail, emailForms, parseEmail, parseNewEmail, typedEmailForm } from '../../core/domain/accounts/email-address.js';
import { parseProfileChanges } from '../../core/domain/accounts/profile-fields.js';
import { actions, errorCodes } from '../../core/domain/error-code.js';
import { parseSessionId, sessionIdFrom, userId } from '../../core/domain/ids.js';
import { addressScopes, rateSubject } from '../../core/domain/limits/client-address.js';
import { isHashable, passwordFault } from '../../core/domain/passwords/password-policy.js';
import { isPersonalPassword } from '../../core/domain/passwords/personal-password.js';
import { RevokedSessions } from '../../core/domain/sessions/revoked-sessions.js';
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

describe('An e-mail address', () => {
  it('is one address however it is spelt', () => {
    for (const spelling of ['ana@example.org', ' Ana@Example.ORG ', 'ANA@EXAMPLE.ORG\n', '\tana@example.org']) {
      expect(parseEmail(spelling), spelling).to.equal('ana@example.org');
    }
    expect(parseEmail('ame\u0301lie@example.org')).to.equal(parseEmail('AMÉLIE@example.org'));
  });

  it('has one form of its domain, whichever is typed (RFC 5891, UTS #46)', () => {
    const domains = [
      ['m\u00fcnchen.example', 'xn--mnchen-3ya.example'],
      ['fa\u00df.example', 'xn--fa-hia.example'],
      ['\u4f8b\u3048.\u30c6\u30b9\u30c8', 'xn--r8jz45g.xn--zckzah'],
      ['\u0645\u062b\u0627\u0644.example', 'xn--mgbh0fb.example'],
      ['\u{1f4a9}.example', 'xn--ls8h.example'],
      ['mail.b\u00fccher.example', 'mail.xn--bcher-kva.example'],
    ] as const;
    for (const [unicode, ascii] of domains) {
      for (const typed of [unicode, ascii, unicode.toUpperCase().replace('SS', '\u00df'), unicode.normalize('NFD'), ascii.toUpperCase()]) {
        expect(parseEmail(`zoe@${typed}`), typed).to.equal(`zoe@${unicode}`);
      }
      expect(emailForms(canonicalEmail(`zoe@${ascii}`))).to.deep.equal([`zoe@${unicode}`, `zoe@${ascii}`]);
    }
    for (const typed of ['zoe@example.org.', 'Zoe@EXAMPLE.org. ']) expect(parseEmail(typed), typed).to.equal('zoe@example.org');
    expect(parseEmail('zoe@xn--mnchen-3ya.example.')).to.equal('zoe@m\u00fcnchen.example');
    for (const typed of ['zoe@example.org..', 'zoe@org.', 'zoe@.']) expect(parseEmail(typed), typed).to.equal(null);
    expect(parseEmail('zoe@m\u00fcnchen\u3002example')).to.equal('zoe@m\u00fcnchen.example');
    expect(parseEmail('zoe@\uff45\uff58.example')).to.equal('zoe@ex.example');
  });

  it('keeps a domain that has no other form', () => {
    for (const domain of [
      'example.org',
      '127.1',
      '0x7f.1',
      'a_b.example',
      'xn--a.example',
      'xn--99999999.example',
      'xn--.example',
      'a%62.example',
    ]) {
      expect(canonicalEmail(`Zoe@${domain}`)).to.equal(`zoe@${domain}`);
      expect(emailForms(canonicalEmail(`zoe@${domain}`))).to.deep.equal([`zoe@${domain}`]);
    }
  });

  it('is stored with its domain in ASCII only where it is typed so', () => {
    const email = canonicalEmail('zoe@m\u00fcnchen.example');
    expect(typedEmailForm(' Zoe@XN--mnchen-3ya.example', email)).to.equal('zoe@xn--mnchen-3ya.example');
    expect(typedEmailForm('Zoe@M\u00dcNCHEN\uff0eexample', email)).to.equal('zoe@m\u00fcnchen.example');
  });

  it('is too long where the form of its domain in ASCII is', () => {
    const label = '\u00fc'.repeat(20);
    expect(parseEmail(`zoe@${Array(10).fill(label).join('.')}.example`)).to.equal(null);
    expect(parseEmail(`zoe@${Array(8).fill(label).join('.')}.example`)).not.to.equal(null);
  });

  it('is not one without a local part, an at sign, a dot in the domain, or with what breaks a line', () => {
    for (const text of [
      '',
      'ana',
      '@example.org',
      'ana@',
      'ana@localhost',
      'ana@@example.org',
      'a na@example.org',
      'ana@exam\u0000ple.org',
      'ana@example..org',
      `${'a'.repeat(65)}@example.org`,
      `a@${'b'.repeat(250)}.org`,
      'ana@example.org\r\nBcc: x@example.org',
      '<ana@example.org>',
    ]) {
      expect(parseEmail(text), JSON.stringify(text)).to.equal(null);
    }
  });
});

describe('A new e-mail address', () => {
  it('has no invisible character, which would make it look like another one; one that is stored is still an address', () => {
    for (const invisible of [
      '\u200b',
      '\u200d',
      '\u200e',
      '\u202e',
      '\u2066',
      '\u2060',
      '\u00ad',
      '\u034f',
      '\u3164',
      '\u2800',
      '\ufe0f',
      '\u{e0041}',
    ]) {
      for (const text of [
        `an${invisible}a@example.org`,
        `ana@exam${invisible}ple.org`,
        `${invisible}@example.org`,
        `ana@example.org${invisible}`,
      ]) {
        expect(parseNewEmail(text), JSON.stringify(text)).to.equal(null);
      }
      expect(parseEmail(`an${invisible}a@example.org`)).not.to.equal(null);
    }
    for (const text of [' Ana@example.org ', 'amélie@例え.example.org', '😀@example.org', `${'😀'.repeat(64)}@example.org`]) {
      expect(parseNewEmail(text), text).to.equal(parseEmail(text)).and.not.to.equal(null);
    }
  });
});

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

  it('is measured in its normal form, which is what is hashed', () => {
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

describe('What a limiter counts by', () => {
  it('is the address for IPv4, in IPv6 clothing too', () => {
    expect(rateSubject('192.0.2.7')).to.equal('192.0.2.7');
    expect(rateSubject('::ffff:192.0.2.7')).to.equal('192.0.2.7');
  });

  it('is the /64 for IPv6, however it is written', () => {
    for (const ip of [
      '2001:db8:1:2::',
      '2001:db8:1:2::1',
      '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff',
      '2001:db8:1:2:3:4:5:6',
      '2001:db8:1:2:3:4:192.0.2.1',
    ]) {
      expect(rateSubject(ip), ip).to.equal('2001:db8:1:2::/64');
    }
    expect(rateSubject('::1')).to.equal('0:0:0:0::/64');
    expect(rateSubject('2001:db8:1:3::1')).not.to.equal(rateSubject('2001:db8:1:2::1'));
    expect(rateSubject('fe80::1%eth0')).to.equal('fe80:0:0:0::/64');
  });

  it('lies in a /64, a /56 and a /48 if it is IPv6, and in no wider block if it is IPv4', () => {
    const scopes = (ip: string) => addressScopes(ip).map(({ subject, factor }) => `${factor} ${subject}`);
    expect(scopes('192.0.2.7')).to.deep.equal(['1 192.0.2.7']);
    expect(scopes('::ffff:192.0.2.7')).to.deep.equal(['1 192.0.2.7']);
    expect(scopes('2001:db8:1:ab2::7')).to.deep.equal(['1 2001:db8:1:ab2::/64', '4 2001:db8:1:a00::/56', '16 2001:db8:1::/48']);
    expect(scopes('2001:db8::7')).to.deep.equal(['1 2001:db8:0:0::/64', '4 2001:db8:0:0::/56', '16 2001:db8:0::/48']);
    expect(scopes('2001:db8:1:00Ff::')).to.deep.equal(['1 2001:db8:1:ff::/64', '4 2001:db8:1:0::/56', '16 2001:db8:1::/48']);
  });
});

describe('The fields of a profile', () => {
  it('are trimmed, cleared by an empty text, and left alone when absent', () => {
    expect(parseProfileChanges({ firstName: '  Ana ', lastName: '' }).changes).to.deep.equal({ firstName: 'Ana', lastName: null });
  });

  it('are refused with every fault at once', () => {
    const { violations } = parseProfileChanges({ firstName: 'a\u0000b', lastName: 'x'.repeat(101), phone: 'call me' });
    expect(violations.map(({ field }) => field)).to.deep.equal(['firstName', 'lastName', 'phone']);
  });

  const faultOf = (firstName: string) => parseProfileChanges({ firstName }).violations[0]?.rule ?? null;

  it('are refused as names without a visible character', () => {
    for (const name of [
      '\u200b',
      '\u200d\u200c',
      '\u202a\u202c',
      '\u2066\u2069',
      '\u200f',
      ' \u2060 ',
      '\u3164',
      '\u115f',
      '\u2800',
      '\u00ad',
      '\u{e0020}',
    ]) {
      expect(faultOf(name), JSON.stringify(name)).to.be.a('string');
    }
    expect(parseProfileChanges({ firstName: ' \ufeff\u00a0', lastName: '\u200e' })).to.deep.include({
      changes: { firstName: null, lastName: '\u200e' },
    });
  });

  it('are refused as names that change the order of what is shown after them', () => {
    for (const control of ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']) {
      expect(faultOf(`Ana${control}gpj.exe`), JSON.stringify(control)).to.equal('one line of text without control characters');
    }
  });

  it('take joiners, direction marks and emoji, which scripts need', () => {
    for (const name of ['می\u200cخواهم', 'क्\u200dष', 'Ana \u{1f469}\u200d\u{1f4bb}', '❤\ufe0f', 'שלום\u200f!', 'O’Brien', 'Nguyễn', '李']) {
      expect(faultOf(name), name).to.equal(null);
    }
  });

  it('have 100 characters at most, as typed and as stored', () => {
    expect(faultOf('😀'.repeat(100))).to.equal(null);
    for (const name of ['a'.repeat(101), `a${' '.repeat(100)}`, ' '.repeat(101), '\ufb2c'.repeat(100)])
      expect(faultOf(name)).to.equal('at most 100 characters');
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

describe('The list of error codes', () => {
  it('tells an app to forget its tokens only where they are worth nothing', () => {
    expect(errorCodes.filter((code) => actions[code] === 'login')).to.have.members([
      'token_missing',
      'token_invalid',
      'session_revoked',
      'refresh_invalid',
      'refresh_expired',
      'refresh_reused',
    ]);
  });
});

describe('The view of ended sessions', () => {
  const id = sessionIdFrom(1, new Uint8Array(10));
  const revocation = { sessionId: id, userId: userId(1), revokedAt: 5000, reason: 'logout' } as const;

  it('is not to be trusted before the database was read, nor a second after the last news', () => {
    const view = new RevokedSessions();
    view.heard(10_000);
    expect(view.isTrusted(10_000), 'the feed alone shows nothing').to.equal(false);
    view.read(10_000);
    expect(view.isTrusted(11_000)).to.equal(true);
    expect(view.isTrusted(11_001)).to.equal(false);
  });

  it('is not to be trusted five seconds after the last read of the database, however often the feed is heard', () => {
    const view = new RevokedSessions();
    view.read(10_000);
    view.heard(15_000);
    expect(view.isTrusted(15_000)).to.equal(true);
    view.heard(15_001);
    expect(view.isTrusted(15_001)).to.equal(false);
  });

  it('is trusted for no longer after the clock was set back, and again with the next news', () => {
    const view = new RevokedSessions();
    view.read(3_600_000);
    expect(view.isTrusted(10_000)).to.equal(false);
    view.heard(10_000);
    expect(view.isTrusted(10_000), 'the database was read before').to.equal(false);
    view.read(10_001);
    expect([view.isTrusted(10_001), view.isTrusted(11_002)]).to.deep.equal([true, false]);
  });

  it('keeps a revocation by the time at which it was learned, whatever instant a message carries', () => {
    const view = new RevokedSessions();
    view.add([revocation], 20_000);
    for (const revokedAt of [-1, Number.MAX_VALUE]) {
      const replayed = { ...revocation, revokedAt };
      view.add([replayed], 20_001);
    }
    view.forget(20_000);
    expect(view.has(id)).to.equal(true);
    view.forget(20_001);
    expect(view.has(id)).to.equal(false);
  });

  it('remembers until told to forget what is too old to matter', () => {
    const view = new RevokedSessions();
    view.add([revocation], 5000);
    view.forget(5000);
    expect(view.has(id)).to.equal(true);
    view.forget(5001);
    expect(view.has(id)).to.equal(false);
  });
});
