import { expect } from 'chai';
import fc from 'fast-check';
import { isPersonalPassword } from '../../../core/domain/passwords/personal-password.js';

const jeanne = { email: 'jeanne.moreau75@example.org', firstName: 'Jeanne-Marie', lastName: "O'Brien" };
const isPersonal = (password: string, owner: Parameters<typeof isPersonalPassword>[1] = jeanne) =>
  isPersonalPassword(password, owner, 'Move Acces');

describe('A personal password', () => {
  it('is the address, its local part, a name or the name of the product', () => {
    for (const password of ['jeanne.moreau75@example.org', 'jeanne.moreau75', 'jeanne-marie', "o'brien1", 'move acces']) {
      expect(isPersonal(password), password).to.equal(true);
    }
  });

  it('stays one with digits and punctuation before, after and between', () => {
    for (const password of [
      '2026jeannemarie',
      'jeannemarie!2026',
      'Jeanne Marie O’Brien',
      'obrien_jeanne-marie',
      'obrienobrien',
      'm.o.v.e.a.c.c.e.s',
      '€ MoveAcces ++ 75 ++ OBrien €',
      'jeanne.moreau@example.org!!',
    ]) {
      expect(isPersonal(password), password).to.equal(true);
    }
  });

  it('is one in any case, composition and compatible form of its letters', () => {
    const zoe = { email: 'zoe@example.org', firstName: 'Zoé', lastName: 'Fiquet' };
    for (const password of ['ZOÉ-12345', 'zoe\u0301-12345', 'ＺＯＥ１２３４５', 'ﬁquet1984']) {
      expect(isPersonal(password, zoe), password).to.equal(true);
    }
  });

  it('is one with the domain of the address in either form', () => {
    for (const [typed, password] of [
      ['zoe@m\u00fcnchen.example', 'zoe@xn--mnchen-3ya.example1'],
      ['zoe@xn--mnchen-3ya.example', 'zoe@M\u00fcnchen.example1'],
    ] as const) {
      expect(isPersonal(password, { email: typed }), password).to.equal(true);
    }
  });

  it('is none once it has another letter', () => {
    for (const password of ['jeannemariex', 'my obrien 1984', 'moreau2026', 'acces2026', 'jeanne et marie', 'correct horse']) {
      expect(isPersonal(password), password).to.equal(false);
    }
    expect(isPersonal('obrien1984', { email: 'a@example.org' })).to.equal(false);
  });

  it('is a number that holds the number in front of the at sign, unless that is short', () => {
    expect(isPersonal('06 0612345678', { email: '0612345678@example.org' })).to.equal(true);
    expect(isPersonal('0612345679', { email: '0612345678@example.org' })).to.equal(false);
    expect(isPersonal('1984120719', { email: '7@example.org' })).to.equal(false);
    expect(isPersonal('!!!!....!!!!', { email: 'ann@example.org', firstName: '-', lastName: ' ' })).to.equal(false);
  });

  it('is found whatever an account lacks', () => {
    expect(isPersonal('moveacces', { email: '' })).to.equal(true);
    expect(isPersonal('anything else', { email: '', firstName: null, lastName: null })).to.equal(false);
  });

  it('is any sequence of known facts with any decoration, and is found in bounded time', () => {
    const part = fc.constantFrom('jeanne.moreau', 'Jeanne-Marie', "O'Brien", 'MOVE ACCES');
    const decoration = fc.string({ unit: fc.constantFrom('1', '9', '-', '_', '!', ' ', '$', '.'), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(decoration, part, decoration), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(isPersonal(rows.flat().join(''))).to.equal(true);
      }),
    );
    const doubled = { email: 'aaa@example.org', firstName: 'a', lastName: 'aa' };
    expect(isPersonal(`${'a'.repeat(127)}b`, doubled)).to.equal(false);
  });
});
