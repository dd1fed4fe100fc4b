import type { ProfileChanges } from '../accounts/user.js';
import type { SessionId } from '../ids.js';
import type { RevocationReason } from '../sessions/session.js';
import type { Subscription } from '../subscriptions/subscription.js';

/** What the server itself announces to the devices of a user. Names what changed and no personal value: those stay in the database. */
export type OwnEvent =
  | { readonly kind: 'profile_updated'; readonly fields: readonly (keyof ProfileChanges)[] }
  /** For the devices that are left. */
  | { readonly kind: 'session_revoked'; readonly sessionId: SessionId; readonly reason: RevocationReason }
  /** Null: the user has no subscription. */
  | { readonly kind: 'subscription_changed'; readonly subscription: Subscription | null };
