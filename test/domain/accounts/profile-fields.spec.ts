import { expect } from 'chai';
import { parseProfileChanges } from '../../../core/domain/accounts/profile-fields.js';

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

  it('are rejected as names that change the order of the text after them', () => {
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
