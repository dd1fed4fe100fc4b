import { expect } from 'chai';
import { selectPasswords } from '../../tools/passwords/select-passwords.js';

describe('The selection of common passwords', () => {
  const lines = ['short', 'PASSWORD', 'password', '11111111', 'iloveyou', 'superman', 'long enough', 'even longer password'];
  const minLengths = { from: 8, to: 10, take: 1 };

  it('takes the most frequent of each list, in lower case, once, sorted', () => {
    const lists = [
      { lines, take: 2 },
      { lines: ['superman', 'password'], take: 1 },
    ];
    expect(selectPasswords({ lists, minLengths: { ...minLengths, to: 8 } })).to.deep.equal(['11111111', 'password', 'superman']);
  });

  it('takes the most frequent of those that a longer minimum leaves', () => {
    expect(selectPasswords({ lists: [{ lines, take: 1 }], minLengths })).to.deep.equal(['long enough', 'password']);
  });

  it('leaves out addresses of people, and text in a wrong encoding', () => {
    const odd = ['somebody@example.org', 'пїѕпїѕпїѕпїѕпїѕ', 'tab\tbetween', 'p@ssword'];
    expect(selectPasswords({ lists: [{ lines: odd, take: 9 }], minLengths })).to.deep.equal(['p@ssword']);
  });
});
