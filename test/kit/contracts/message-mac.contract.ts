import { expect } from 'chai';
import fc from 'fast-check';
import type { MessageMac, MessagePurpose } from '../../../core/ports/message-mac.js';
import { globalRunner, type TestRunner } from '../runner/test-runner.js';

export interface MacSecrets {
  readonly current: string;
  readonly previous: readonly string[];
}

/** The contract of every `MessageMac`. */
export function messageMacContract(name: string, open: (secrets: MacSecrets) => MessageMac, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a message MAC`, () => {
    const purposes: readonly MessagePurpose[] = ['revocation', 'event', 'ticket'];
    const [secret, otherSecret] = ['a-secret-of-the-application-0123456789', 'a-secret-of-the-application-0123456780'];
    const mac = open({ current: secret, previous: [] });
    const sample = '[["42",1,"logout"]]';

    it('verifies the MACs that it computed, 22 characters of base64url', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...purposes), (text, purpose) => {
          const computed = mac.compute(purpose, text);
          expect(computed).to.match(/^[\w-]{22}$/);
          expect(open({ current: secret, previous: [] }).verify(purpose, text, computed)).to.equal(true);
        }),
      );
    });

    it('verifies no MAC of another text, purpose or secret', () => {
      const other = open({ current: otherSecret, previous: [] });
      for (const purpose of purposes) {
        const computed = mac.compute(purpose, sample);
        for (const text of ['', `${sample} `, ` ${sample}`, sample.slice(1), `${sample}\u0000`]) {
          expect(mac.verify(purpose, text, computed), text).to.equal(false);
        }
        for (const each of purposes) expect(mac.verify(each, sample, computed), each).to.equal(each === purpose);
        expect(other.verify(purpose, sample, computed)).to.equal(false);
      }
    });

    it('verifies one spelling only', () => {
      const computed = mac.compute('event', sample);
      const last = computed.charCodeAt(21);
      const spellings = ['', '=', ' ', '\n', 'A'].map((tail) => (tail === '' ? computed.slice(0, -1) : computed + tail));
      for (let offset = 1; offset < 16; offset++) spellings.push(computed.slice(0, -1) + String.fromCharCode(last + offset));
      for (const spelling of [...spellings, '', '💥'.repeat(11), 'x'.repeat(22), '\ud800']) {
        expect(mac.verify('event', sample, spelling), JSON.stringify(spelling)).to.equal(false);
      }
    });

    it('verifies a MAC that was computed under a previous secret, and computes under the current one', () => {
      const before = open({ current: otherSecret, previous: [] });
      const after = open({ current: secret, previous: ['one-more-secret-of-the-application-0123', otherSecret] });
      expect(after.verify('ticket', sample, before.compute('ticket', sample))).to.equal(true);
      expect(after.compute('ticket', sample)).to.equal(mac.compute('ticket', sample));
      expect(before.verify('ticket', sample, after.compute('ticket', sample))).to.equal(false);
    });

    it('shows neither the secret nor the text', () => {
      const computed = mac.compute('revocation', sample);
      expect(computed).not.to.include(secret);
      expect(Buffer.from(computed, 'base64url').toString('latin1')).not.to.include('logout');
    });
  });
}
