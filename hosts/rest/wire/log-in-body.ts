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
}

export const logInInput = ({ email, password, device_name }: LogInBody): Omit<LogInInput, 'origin' | 'signal'> => ({
  email,
  password,
  deviceName: device_name,
});
