import type { Profile } from '../../../core/domain/accounts/profile.js';
import type { ProfileChanges } from '../../../core/domain/accounts/user.js';
import type { RegisterUserInput } from '../../../core/usecases/accounts/register-user.js';
import { instantTextOrNull } from '../instant-text.js';
import { type SubscriptionBody, subscriptionBody } from '../subscriptions/subscription-body.js';
import { requireLengths } from '../text-bounds.js';

/** A new account. */
export interface RegisterBody {
  /**
   * Addresses that differ only in case, in blanks around them or in the form of an internationalized domain are one.
   * @example "camille@example.org"
   */
  email: string;
  /**
   * Length is what counts: by default at least 8 characters, at most 128. Common passwords are refused, and those that consist of the address,
   * the names or the name of the service.
   * @minLength 1
   * @format password
   * @example "correct horse battery staple"
   */
  password: string;
  /**
   * @example "Camille"
   */
  first_name?: string | null;
  /**
   * @example "Girard"
   */
  last_name?: string | null;
  /**
   * 3 to 18 digits, as people write them: a plus sign in front, spaces, dots, dashes, slashes or brackets between, an extension such as
   * `ext. 12` behind. Stored in ASCII with single spaces, in at most 32 characters.
   * @example "+33 6 12 34 56 78"
   */
  phone?: string | null;
  /**
   * Shown in the list of sessions; cut at 100 characters.
   * @example "Camille's phone"
   */
  device_name?: string | null;
}

/** The use case judges the other fields. */
export const registerBounds = { device_name: { maxLength: 1000 } } as const;

export function registerInput(body: RegisterBody): Omit<RegisterUserInput, 'origin'> {
  requireLengths(body, { bounds: registerBounds, nullable: ['device_name'] });
  const { email, password, phone, first_name: firstName, last_name: lastName, device_name: deviceName } = body;
  return { email, password, firstName, lastName, phone, deviceName };
}

/** A change of profile: what is absent stays as it is, null or an empty text clears. */
export interface ProfileChangesBody {
  /**
   * @example "Camille"
   */
  first_name?: string | null;
  /**
   * @example "Girard"
   */
  last_name?: string | null;
  /**
   * 3 to 18 digits, as people write them: a plus sign in front, spaces, dots, dashes, slashes or brackets between, an extension such as
   * `ext. 12` behind. Stored in ASCII with single spaces, in at most 32 characters.
   * @example "+33 6 12 34 56 78"
   */
  phone?: string | null;
}

export const profileChanges = ({ first_name, last_name, phone }: ProfileChangesBody): ProfileChanges => ({
  firstName: first_name,
  lastName: last_name,
  phone,
});

/** A person, as shown to himself. */
export interface UserBody {
  /** @example "7" */
  id: string;
  /** @example "camille@example.org" */
  email: string;
  /** @example "Camille" */
  first_name: string | null;
  /** @example "Girard" */
  last_name: string | null;
  /** @example "+33612345678" */
  phone: string | null;
  /**
   * Null if the existing table has no such column or value.
   * @format date-time
   * @example "2026-01-31T12:00:00.000Z"
   */
  created_at: string | null;
  /** Of several the current one, else the next one, else the last one; null for none. */
  subscription: SubscriptionBody | null;
}

export function userBody({ user, subscription }: Profile): UserBody {
  return {
    id: user.id,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    phone: user.phone,
    created_at: instantTextOrNull(user.createdAt),
    subscription: subscription && subscriptionBody(subscription),
  };
}
