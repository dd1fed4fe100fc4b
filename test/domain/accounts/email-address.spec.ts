import { expect } from 'chai';
import { canonicalEmail, emailForms, parseEmail, parseNewEmail, typedEmailForm } from '../../../core/domain/accounts/email-address.js';

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

  it('is not one without a local part, an at sign, a dot in the domain, or with characters that break a line', () => {
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
