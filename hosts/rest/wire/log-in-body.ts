import type { LogInInput } from '../../../core/usecases/log-in.js';

/** A sign-in with a password. */
export interface LogInBody {
  /**
   * @maxLength 320
   * @example "camille@example.org"
   */
  email: string;
  /**
   * @minLength 1
   * @maxLength 512
   * @format password
   * @example "correct horse battery staple"
   */
  password: string;
  /**
   * Shown in the list of sessions; cut at 100 characters.
   * @maxLength 1000
   * @example "Camille's phone"
   */
  device_name?: string | null;
  /**
   * The last refresh token that this account had on this device, also after it ended or was signed out. Wrong passwords are then
   * counted for this device alone, so that attempts of other devices do not delay it. Any other text is ignored.
   * @maxLength 8192
   * @example "mar1_AZyLbq0EcE-pk6oabWTl3wAAAAAAA2L8Zl0pQmZ0c1Rk5uV7yX9aB3cD4eF5g"
   */
  known_device?: string | null;
}

export const logInInput = ({ email, password, device_name, known_device }: LogInBody): Omit<LogInInput, 'origin' | 'signal'> => ({
  email,
  password,
  deviceName: device_name,
  knownDevice: known_device,
});
