import { expect } from 'chai';
import fc from 'fast-check';
import type { KeyedDigest } from '../../../core/ports/keyed-digest.js';
import { globalRunner, type TestRunner } from '../runner/test-runner.js';

type Purpose = Parameters<KeyedDigest['digest']>[0];

/** The contract of every `KeyedDigest`. */
export function keyedDigestContract(name: string, open: (secret: string) => KeyedDigest, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a keyed digest`, () => {
    const purposes: readonly Purpose[] = ['address', 'profile', 'demo'];
    const [secret, otherSecret] = ['a-secret-of-the-application-0123456789', 'a-secret-of-the-application-0123456780'];

    it('gives 32 hexadecimal digits, the same ones for the same text', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...purposes), (text, purpose) => {
          const digest = open(secret).digest(purpose, text);
          expect(digest).to.match(/^[0-9a-f]{32}$/);
          expect(open(secret).digest(purpose, text)).to.equal(digest);
        }),
      );
    });

    it('gives unrelated digests for other texts, other purposes and other secrets', () => {
      const texts = ['', 'ann@example.org', 'Ann@example.org', 'ann@example.org ', 'änn@example.org', 'x'.repeat(10_000)];
      const digests = [secret, otherSecret].flatMap((each) =>
        purposes.flatMap((purpose) => texts.map((text) => open(each).digest(purpose, text))),
      );
      expect(new Set(digests).size).to.equal(2 * purposes.length * texts.length);
    });

    it('is not the plain hash of the text, which anyone could compute', async () => {
      const { createHash } = await import('node:crypto');
      const plain = createHash('sha256').update('ann@example.org').digest('hex').slice(0, 32);
      expect(open(secret).digest('address', 'ann@example.org')).not.to.equal(plain);
    });
  });
}
