import type { RegisterUserInput } from '../../../core/usecases/accounts/register-user.js';
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
