import { expect } from 'chai';
import { sessionIdFrom } from '../../../../core/domain/ids.js';
import { fitsEvent, isEventName, isReservedName } from '../../../../core/domain/live/live-event.js';
import type { OwnEvent } from '../../../../core/domain/live/own-event.js';
import type { EventEncoder } from '../../../../core/ports/live/event-encoder.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

const startsAt = 1_772_600_000_000;
const sessionId = sessionIdFrom(startsAt, new Uint8Array(10));

/** One of each kind, and those that differ in what may be missing. Made anew by each call. */
const events = (): readonly OwnEvent[] => [
  { kind: 'profile_updated', fields: ['firstName', 'lastName', 'phone'] },
  { kind: 'profile_updated', fields: ['phone'] },
  { kind: 'session_revoked', sessionId, reason: 'logout' },
  { kind: 'subscription_changed', subscription: { plan: 'gold', status: 'active', startsAt, endsAt: startsAt + 1 } },
  { kind: 'subscription_changed', subscription: { plan: 'gold', status: 'active', startsAt, endsAt: null } },
  { kind: 'subscription_changed', subscription: null },
];

/** What every `EventEncoder` promises. */
export function eventEncoderContract(name: string, open: () => EventEncoder, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`the contract of EventEncoder: ${name}`, () => {
    it('gives each kind a name of its own, reserved to the server', () => {
      const names = new Map(events().map((event) => [event.kind, open().encode(event).name]));
      expect(new Set(names.values()).size).to.equal(names.size);
      for (const given of names.values()) expect(isEventName(given) && isReservedName(given), given).to.equal(true);
    });

    it('makes JSON on one line, within the bounds of an event', () => {
      for (const event of events()) {
        const { data } = open().encode(event);
        expect(() => JSON.parse(data), data).not.to.throw();
        expect(data).not.to.match(/[\r\n]/);
        expect(fitsEvent(data)).to.equal(true);
      }
    });

    it('encodes equal events alike, in every process, and different ones differently', () => {
      const encoded = (encoder: EventEncoder) => events().map((event) => JSON.stringify(encoder.encode(event)));
      expect(encoded(open())).to.deep.equal(encoded(open()));
      expect(new Set(encoded(open())).size).to.equal(events().length);
    });
  });
}
