import { expect } from 'chai';
import fc from 'fast-check';
import { instantText } from '../../../core/domain/instant-text.js';
import { type JsonText, jsonText, maxJsonDepth } from '../../../core/domain/json-text.js';
import { fitsEvent, isEventName, isReservedName, maxEventBytes } from '../../../core/domain/live/live-event.js';

describe('the text of an instant', () => {
  it('is its ISO 8601 form, in all years of four digits', () => {
    const instants = fc.integer({ min: Date.UTC(0, 0, 1) - 1900 * 366 * 86_400_000, max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) });
    fc.assert(
      fc.property(instants, (instant) => {
        fc.pre(instant >= new Date('0000-01-01T00:00:00.000Z').getTime());
        expect(instantText(instant)).to.equal(new Date(instant).toISOString());
      }),
      { numRuns: 2000 },
    );
  });

  it('knows leap days', () => {
    for (const text of ['2000-02-29T23:59:59.999Z', '2100-03-01T00:00:00.000Z', '2024-12-31T12:00:00.000Z', '1969-12-31T23:59:59.999Z']) {
      expect(instantText(Date.parse(text))).to.equal(text);
    }
  });
});

describe('JSON that is carried', () => {
  it('is unchanged, whatever its content', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(JSON.parse(jsonText(JSON.parse(text)) ?? 'none')).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('is on one line', () => {
    expect(jsonText('a\nb\r\u2028')).to.not.match(/[\n\r]/);
  });

  it('is nested so deeply and no deeper', () => {
    const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(jsonText(nested(maxJsonDepth))).to.be.a('string');
    expect(jsonText(nested(maxJsonDepth + 1))).to.equal(null);
    expect(jsonText(nested(30_000))).to.equal(null);
  });

  it('is nothing that JSON has no text for', () => {
    for (const value of [undefined, () => {}, Symbol('s')]) expect(jsonText(value)).to.equal(null);
  });
});

describe('events', () => {
  it('have names of letters, digits, _ and -, with dots between them', () => {
    for (const name of ['a', 'note_added', 'profile.updated', 'A-1.b.c', 'x'.repeat(64)]) expect(isEventName(name), name).to.equal(true);
    for (const name of ['', '.', 'a.', '.a', 'a..b', 'a b', 'é', 'a\n', 'x'.repeat(65)]) expect(isEventName(name), name).to.equal(false);
    expect(isReservedName('profile.updated')).to.equal(true);
    expect(isReservedName('profile_updated')).to.equal(false);
  });

  it('are measured in bytes of UTF-8', () => {
    const unit = fc.constantFrom('a', 'é', '\u20ac', '😀', '\u0000');
    fc.assert(
      fc.property(unit, fc.integer({ min: -3, max: 3 }), (letter, more) => {
        const text = letter.repeat(Math.floor(maxEventBytes / Buffer.byteLength(letter)) + more) as JsonText;
        expect(fitsEvent(text)).to.equal(Buffer.byteLength(text) <= maxEventBytes);
      }),
      { numRuns: 40 },
    );
  });
});
