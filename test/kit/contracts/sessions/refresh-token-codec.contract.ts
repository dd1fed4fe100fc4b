import { expect } from 'chai';
import fc from 'fast-check';
import { sessionIdFrom } from '../../../../core/domain/ids.js';
import type { RefreshTokenCodec, RefreshTokenPayload } from '../../../../core/ports/sessions/refresh-token-codec.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

export interface CodecSecrets {
  readonly current: string;
  readonly previous: readonly string[];
}

const [oldSecret, newSecret] = ['the-old-secret-of-the-application-01234', 'the-new-secret-of-the-application-01234'];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const tickets: fc.Arbitrary<RefreshTokenPayload> = fc.record({
  sessionId: fc
    .tuple(fc.nat({ max: 2 ** 47 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
    .map(([now, random]) => sessionIdFrom(now, random)),
  counter: fc.oneof(fc.nat({ max: 1000 }), fc.nat({ max: 2 ** 48 - 1 })),
});

/** The contract of every `RefreshTokenCodec`. */
export function refreshTokenCodecContract(
  name: string,
  open: (secrets: CodecSecrets) => RefreshTokenCodec,
  runner: TestRunner = globalRunner(),
): void {
  const { describe, it } = runner;
  describe(`${name} as a codec of refresh tokens`, () => {
    const codec = open({ current: newSecret, previous: [] });
    const sample: RefreshTokenPayload = { sessionId: sessionIdFrom(1_780_000_000_000, new Uint8Array(10).fill(7)), counter: 3 };
    const token = codec.seal(sample);

    it('opens the tokens that it sealed, and seals the same payload as the same text', () => {
      fc.assert(
        fc.property(tickets, (ticket) => {
          expect(codec.open(codec.seal(ticket))).to.deep.equal(ticket);
          expect(open({ current: newSecret, previous: [] }).seal(ticket)).to.equal(codec.seal(ticket));
        }),
      );
    });

    it('seals different tickets as different texts that fit in a header', () => {
      const texts = Array.from({ length: 500 }, (_, counter) => codec.seal({ ...sample, counter }));
      expect(new Set(texts).size).to.equal(500);
      for (const text of texts) expect(text).to.match(/^[\w-]{40,100}$/);
    });

    it('opens nothing in which any character was changed', () => {
      fc.assert(
        fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...alphabet), (at, letter) => {
          fc.pre(token[at] !== letter);
          expect(codec.open(token.slice(0, at) + letter + token.slice(at + 1))).to.equal(null);
        }),
        { numRuns: 2000 },
      );
    });

    it('opens one spelling only', () => {
      for (const spelling of [
        `${token}=`,
        `${token}==`,
        ` ${token}`,
        `${token} `,
        `${token}\n`,
        `${token}\u0000`,
        `${token}A`,
        token.slice(0, -1),
      ]) {
        expect(codec.open(spelling), JSON.stringify(spelling)).to.equal(null);
      }
      const withBothLetters = Array.from({ length: 200 }, (_, counter) => codec.seal({ ...sample, counter })).find((text) =>
        /-.*_|_.*-/.test(text.slice(5)),
      );
      expect(codec.open(withBothLetters?.replaceAll('-', '+').replaceAll('_', '/') ?? '')).to.equal(null);
      expect(codec.open(token.toUpperCase())).to.equal(null);
    });

    it('opens no other text, however odd or long', () => {
      const odd = [
        '',
        'x',
        'null',
        '__proto__',
        'eyJhbGciOiJub25lIn0.e30.',
        `mar1_${'A'.repeat(56)}`,
        `mar2${token.slice(4)}`,
        '💥'.repeat(30),
        '\ud800',
      ];
      for (const text of odd) expect(codec.open(text), text).to.equal(null);
      fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => codec.open(text) === null));
      const long = 'A'.repeat(10_000_000);
      const timed = () => {
        const startedAt = performance.now();
        expect(codec.open(long)).to.equal(null);
        return performance.now() - startedAt;
      };
      // a busy machine only makes it slower: the best of three counts
      expect(Math.min(timed(), timed(), timed())).to.be.lessThan(50);
    });

    it('opens nothing that was sealed under another secret', () => {
      const other = open({ current: oldSecret, previous: [] });
      fc.assert(fc.property(tickets, (ticket) => codec.open(other.seal(ticket)) === null));
    });

    it('opens a token that was sealed under a previous secret, and seals under the current one', () => {
      const before = open({ current: oldSecret, previous: [] });
      const after = open({ current: newSecret, previous: ['one-more-secret-of-the-application-0123', oldSecret] });
      expect(after.open(before.seal(sample))).to.deep.equal(sample);
      expect(after.seal(sample)).to.equal(token);
      expect(before.open(after.seal(sample))).to.equal(null);
    });

    it('shows neither secret nor session id in clear', () => {
      expect(token).not.to.include(sample.sessionId);
      expect(token).not.to.include(newSecret);
    });

    it('refuses to seal a payload that it could not open', () => {
      for (const counter of [-1, 0.5, 2 ** 48, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => codec.seal({ ...sample, counter }), String(counter)).to.throw(RangeError);
      }
    });
  });
}
