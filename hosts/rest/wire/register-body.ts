import type { RegisterUserInput } from '../../../core/usecases/register-user.js';

/** A new account. */
export interface RegisterBody {
  /**
   * Addresses that differ only in case, in blanks around them or in the form of an internationalized domain are one.
   * @maxLength 320
   * @example "camille@example.org"
   */
  email: string;
  /**
   * Length is what counts: by default at least 8 characters, at most 128. Common passwords are refused, and those that consist of the address,
   * the names or the name of the service.
   * @minLength 1
   * @maxLength 512
   * @format password
   * @example "correct horse battery staple"
   */
  password: string;
  /**
   * @maxLength 400
   * @example "Camille"
   */
  first_name?: string | null;
  /**
   * @maxLength 400
   * @example "Girard"
   */
  last_name?: string | null;
  /**
   * 3 to 18 digits, as people write them: a plus sign in front, spaces, dots, dashes, slashes or brackets between, an extension such as
   * `ext. 12` behind. Stored in ASCII with single spaces, in at most 32 characters.
   * @maxLength 100
   * @example "+33 6 12 34 56 78"
   */
  phone?: string | null;
  /**
   * Shown in the list of sessions; cut at 100 characters.
   * @maxLength 1000
   * @example "Camille's phone"
   */
  device_name?: string | null;
}

export function registerInput(body: RegisterBody): Omit<RegisterUserInput, 'origin'> {
  const { email, password, phone, first_name: firstName, last_name: lastName, device_name: deviceName } = body;
  return { email, password, firstName, lastName, phone, deviceName };
}
