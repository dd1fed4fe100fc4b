import type { LogInInput } from '../../../core/usecases/sessions/log-in.js';
import { type BoundsOf, requireLengths } from '../text-bounds.js';

/** A sign-in with a password. */
export interface LogInBody {
  /**
   * @example "camille@example.org"
   */
  email: string;
  /**
   * @minLength 1
   * @format password
   * @example "correct horse battery staple"
   */
  password: string;
  /**
   * Shown in the list of sessions; cut at 100 characters.
   * @example "Camille's phone"
   */
  device_name?: string | null;
  /**
   * The last refresh token that this account had on this device, also after it ended or was signed out. Wrong passwords are then
   * counted for this device alone, so that attempts of other devices do not delay it. Any other text is ignored.
   * @example "mar1_AZyLbq0EcE-pk6oabWTl3wAAAAAAA2L8Zl0pQmZ0c1Rk5uV7yX9aB3cD4eF5g"
   */
  known_device?: string | null;
}

/** Nothing is judged by them but what is worth a look-up. */
export const logInBounds = {
  email: { maxLength: 320 },
  password: { minLength: 1, maxLength: 512 },
  device_name: { maxLength: 1000 },
  known_device: { maxLength: 8192 },
} as const satisfies BoundsOf<LogInBody>;

export function logInInput(body: LogInBody): Omit<LogInInput, 'origin' | 'signal'> {
  requireLengths(body, { bounds: logInBounds, nullable: ['device_name', 'known_device'] });
  return { email: body.email, password: body.password, deviceName: body.device_name, knownDevice: body.known_device };
}
