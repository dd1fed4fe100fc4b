import { maxEmailLength } from '../../../core/domain/accounts/email-address.js';
import { maxPhoneLength, phonePattern } from '../../../core/domain/accounts/phone-number.js';
import { maxNameLength } from '../../../core/domain/accounts/profile-fields.js';
import { maxPasswordLength, type PasswordPolicy } from '../../../core/domain/passwords/password-policy.js';
import { type ProfileChangesBody, type RegisterBody, registerBounds } from '../accounts/user-bodies.js';
import { type PasswordBody, passwordBounds } from '../passwords/password-body.js';
import { logInBounds } from '../sessions/auth-bodies.js';
import type { BoundsOf, TextBounds } from '../text-bounds.js';

// Ranges instead of Unicode properties, and no character beyond U+FFFF, because some languages that read the patterns support neither.
/** Control and invisible characters that are no white space. */
const unseen = {
  control: String.raw`\u0000-\u0008\u000e-\u001f\u007f-\u009f`,
  invisible: String.raw`\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8`,
} as const;
const control = String.raw`${unseen.control}\u0009-\u000d\u2028\u2029`;
const invisible = String.raw`${unseen.invisible}\ufeff`;
const bidi = String.raw`\u202a-\u202e\u2066-\u2069`;
/** Characters that no address contains; U+037E is a semicolon in canonical form. */
const special = String.raw`\s@"(),:;<>\[\]\\\u037e`;

const addressPattern = String.raw`^\s*(?!\S*(?:\.\.|[${unseen.control}${unseen.invisible}]))[^${special}]{1,64}@[^${special}]+\.[^.${special}]+\s*$`;
/** Empty, or with a visible character. */
const namePattern = String.raw`^\s*(?:[^${control}${bidi}]*[^\s${control}${invisible}][^${control}${bidi}]*)?\s*$`;

/**
 * The rules of use cases for texts of bodies, as far as JSON Schema can express them, by schema and field. It cannot express which
 * passwords are common or personal, or which addresses are taken.
 */
export function requestBounds({
  minLength,
}: Pick<PasswordPolicy, 'minLength'>): Readonly<Record<string, Readonly<Record<string, TextBounds>>>> {
  const newPassword = { minLength, maxLength: maxPasswordLength };
  const profile = {
    first_name: { maxLength: maxNameLength, pattern: namePattern },
    last_name: { maxLength: maxNameLength, pattern: namePattern },
    phone: { maxLength: maxPhoneLength, pattern: phonePattern },
  } satisfies BoundsOf<ProfileChangesBody>;
  return {
    LogInBody: logInBounds,
    RegisterBody: {
      email: { maxLength: maxEmailLength, pattern: addressPattern },
      password: newPassword,
      ...profile,
      ...registerBounds,
    } satisfies BoundsOf<RegisterBody>,
    PasswordBody: { ...passwordBounds, new_password: newPassword } satisfies BoundsOf<PasswordBody>,
    ProfileChangesBody: profile,
  };
}
