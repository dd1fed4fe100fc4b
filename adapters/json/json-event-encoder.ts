import type { ProfileChanges } from '../../core/domain/accounts/user.js';
import { instantText } from '../../core/domain/instant-text.js';
import type { JsonText } from '../../core/domain/json-text.js';
import type { OwnEvent } from '../../core/domain/live/own-event.js';
import type { Subscription } from '../../core/domain/subscriptions/subscription.js';
import type { EncodedEvent, EventEncoder } from '../../core/ports/live/event-encoder.js';

/**
 * Encodes events as JSON (RFC 8259) with the names that REST has for the same things. Processes of other versions read the texts from Redis
 * and compare them with theirs, so that a change of a name or of an order is a change of the protocol.
 */
export class JsonEventEncoder implements EventEncoder {
  encode(event: OwnEvent): EncodedEvent {
    switch (event.kind) {
      case 'profile_updated':
        return encoded('profile.updated', { fields: event.fields.map((field) => fieldNames[field]) });
      case 'session_revoked':
        return encoded('session.revoked', { session_id: event.sessionId, reason: event.reason });
      case 'subscription_changed':
        return encoded('subscription.changed', event.subscription && subscriptionData(event.subscription));
    }
  }
}

const fieldNames: Readonly<Record<keyof ProfileChanges, string>> = { firstName: 'first_name', lastName: 'last_name', phone: 'phone' };

const subscriptionData = ({ plan, status, startsAt, endsAt }: Subscription) => ({
  plan,
  status,
  starts_at: instantText(startsAt),
  ends_at: endsAt === null ? null : instantText(endsAt),
});

// a cast: plain and shallow data has a text
const encoded = (name: string, data: object | null): EncodedEvent => ({ name, data: JSON.stringify(data) as JsonText });
