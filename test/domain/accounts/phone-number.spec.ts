import { expect } from 'chai';
import fc from 'fast-check';
import { phonePattern, tidyPhone } from '../../../core/domain/accounts/phone-number.js';

/** What is typed, and what is stored. */
const numbers: readonly (readonly [string, string])[] = [
  ['+33612345678', '+33612345678'],
  [' +33 6 12 34 56 78 ', '+33 6 12 34 56 78'],
  ['(042) 123 4567', '(042) 123 4567'],
  ['(555) 123-4567', '(555) 123-4567'],
  ['( 555 )  123 - 4567', '(555) 123 - 4567'],
  ['+33\u00a06\u202f12\u00a034\u00a056\u00a078', '+33 6 12 34 56 78'],
  ['+49 (0) 89 123456', '+49 (0) 89 123456'],
  ['(+49) 89 123456', '(+49) 89 123456'],
  ['+ 49 89 123456', '+49 89 123456'],
  ['0049 89 123456', '0049 89 123456'],
  ['089/123456', '089/123456'],
  ['06.12.34.56.78', '06.12.34.56.78'],
  ['06\u00b712\u00b734\u00b756\u00b778', '06.12.34.56.78'],
  ['555\u2013123\u20114567', '555-123-4567'],
  ['03\u30fc1234\u30fc5678', '03-1234-5678'],
  ['\u202a+33 6 12 34 56 78\u202c', '+33 6 12 34 56 78'],
  ['\u200e(555)\u200e 123-4567\ufeff', '(555) 123-4567'],
  ['tel:+33-6-12-34-56-78', '+33-6-12-34-56-78'],
  ['TEL:+442079460000;ext=12', '+442079460000 ext. 12'],
  ['+44 20 7946 0000 ext. 12', '+44 20 7946 0000 ext. 12'],
  ['020 7946 0000 x12', '020 7946 0000 ext. 12'],
  ['020 7946 0000 Extension: 12', '020 7946 0000 ext. 12'],
  ['020 7946 0000 #12', '020 7946 0000 ext. 12'],
  ['+44 20 7946 0000, ext. 12', '+44 20 7946 0000 ext. 12'],
  ['Tel. 020 7946 0000', '020 7946 0000'],
  ['\uff0b\uff18\uff11\u3000\uff08\uff10\uff09\uff13\uff0d\uff11\uff12\uff13\uff14', '+81 (0)3-1234'],
  ['\u0660\u0661\u0662\u0663 \u0664\u0665\u0666\u0667', '0123 4567'],
  ['\u06f0\u06f9\u06f1\u06f2 \u06f3\u06f4\u06f5', '0912 345'],
  ['\u0966\u096f\u0967\u0968 \u0969\u096a\u096b', '0912 345'],
  ['+33 (6) [12] 34', '+33 (6) (12) 34'],
  ['+33 (6 12 34 56 78', '+33 6 12 34 56 78'],
  ['((555)) 1234', '555 1234'],
  ['555 () 1234', '555 1234'],
  ['--555 123--4567..', '555 123-4567'],
  ['(((0) 0) 0) - 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0', '000000000000000000'],
  ['112', '112'],
  ['', ''],
  [' \u00a0\u200b', ''],
];

describe('A phone number', () => {
  it('is taken as people type and paste it, and stored tidily', () => {
    for (const [typed, stored] of numbers) expect(tidyPhone(typed), JSON.stringify(typed)).to.equal(stored);
  });

  it('is nothing without three digits, with more than eighteen, with letters, or with a plus sign elsewhere', () => {
    for (const text of [
      '12',
      '+',
      '()',
      'call me',
      '1'.repeat(19),
      '555 1234 or 5678',
      '555+1234',
      '++33612345678',
      '555\u00001234',
      '\u0661\u0662',
      'x12',
      '555 x',
      '555 ext. 1234567',
      '555, 666',
      '555,',
      'tel555',
      'tel:555;phone-context=+33',
    ]) {
      expect(tidyPhone(text), JSON.stringify(text)).to.equal(null);
    }
  });

  it('is ASCII that fits its column, keeps the typed digits, and is stored the same when it is sent again', () => {
    const signs = ['+', ' ', '\u00a0', '-', '\u2011', '.', '/', '(', ')', '\u202c', ' ext. ', 'tel:', 'Tel.', ',', 'x'];
    const part = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...'0123456789\u0663\uff17') }, fc.constantFrom(...signs));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const stored = tidyPhone(text);
        expect(stored === null).to.equal(!new RegExp(phonePattern, 'u').test(text));
        if (stored === null || stored === '') return;
        expect(stored)
          .to.match(/^[+(]{0,2}[0-9][0-9 ()./-]*(?: ext\. [0-9]{1,6})?$/)
          .and.to.have.length.within(3, 32);
        expect(stored.replace(/[^0-9]/g, '')).to.equal(
          text
            .replaceAll('\u0663', '3')
            .replaceAll('\uff17', '7')
            .replace(/[^0-9]/g, ''),
        );
        expect(tidyPhone(stored)).to.equal(stored);
      }),
      { numRuns: 1000 },
    );
  });
});
