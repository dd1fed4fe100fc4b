import type { ChangePasswordInput } from '../../../core/usecases/passwords/change-password.js';
import { requireLengths } from '../text-bounds.js';

/** A change of password. */
export interface PasswordBody {
  /**
   * @minLength 1
   * @format password
   * @example "correct horse battery staple"
   */
  current_password: string;
  /**
   * By default at least 8 characters, at most 128. The service refuses common passwords, and passwords that consist of the address,
   * the names or the name of the service.
   * @minLength 1
   * @format password
   * @example "four other words altogether"
   */
  new_password: string;
}

/** The use case judges the new one. */
export const passwordBounds = { current_password: { minLength: 1, maxLength: 512 } } as const;

export function passwordInput(body: PasswordBody): Pick<ChangePasswordInput, 'currentPassword' | 'newPassword'> {
  requireLengths(body, { bounds: passwordBounds, nullable: [] });
  return { currentPassword: body.current_password, newPassword: body.new_password };
}
