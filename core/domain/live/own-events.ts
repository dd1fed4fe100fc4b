import type { ProfileChanges } from '../accounts/user.js';
import type { Instant } from '../instant.js';
import { instantText } from '../instant-text.js';
import type { JsonText } from '../json-text.js';
import type { Revocation } from '../sessions/session.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { NewEvent } from './live-event.js';

/** What the server itself has to tell: named, and as the wire shows it. */
export type OwnEvent = Pick<NewEvent, 'name' | 'data'>;

const fieldNames: Record<keyof ProfileChanges, string> = { firstName: 'first_name', lastName: 'last_name', phone: 'phone' };

/** Names the fields and not their values: what is personal stays in the database. */
export function profileUpdated(changes: ProfileChanges): OwnEvent {
  const fields = (Object.keys(fieldNames) as (keyof ProfileChanges)[]).filter((field) => changes[field] !== undefined);
  return ownEvent('profile.updated', { fields: fields.map((field) => fieldNames[field]) });
}

/** For the devices that are left. */
export const sessionRevoked = ({ sessionId, reason }: Revocation): OwnEvent =>
  ownEvent('session.revoked', { session_id: sessionId, reason });

/** `data` is the subscription as `/users/me` shows it, null for none. */
export const subscriptionChanged = (subscription: Subscription | null): OwnEvent =>
  ownEvent('subscription.changed', subscription && wireOf(subscription));

const wireOf = ({ plan, status, startsAt, endsAt }: Subscription) => ({
  plan,
  status,
  starts_at: instantText(startsAt),
  ends_at: textOrNull(endsAt),
});

const textOrNull = (instant: Instant | null): string | null => (instant === null ? null : instantText(instant));

/** A cast: what is given here is plain and shallow. */
const ownEvent = (name: string, data: Readonly<Record<string, unknown>> | null): OwnEvent => ({
  name,
  data: JSON.stringify(data) as JsonText,
});
