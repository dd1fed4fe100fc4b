import type { UserId } from '../ids.js';
import type { Instant } from '../instant.js';
import type { EmailAddress } from './email-address.js';

/** A row of the existing users table, read through the mapping. */
export interface User {
  readonly id: UserId;
  /** As the table stores it: another application may have written its own spelling. */
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly createdAt: Instant | null;
  /** False when any table marks the account as suspended, deleted or barred from the app. */
  readonly isEnabled: boolean;
}

/** The data that a registration writes. */
export interface NewUser {
  readonly email: EmailAddress;
  /** The form of the address to store, where it is not the canonical one: other applications search for what their users type. */
  readonly typedEmail?: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly createdAt: Instant;
}

/** A change of the profile: an absent field stays as it is, null clears it. */
export interface ProfileChanges {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
}
