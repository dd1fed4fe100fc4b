import { AuthError } from '../../core/domain/auth-error.js';

/**
 * The reply to a command.
 * @throws AuthError `dependency_unavailable`, to be tried again after a second, where there is none
 */
export async function redisReply<Reply>(command: Promise<Reply>): Promise<Reply> {
  try {
    return await command;
  } catch (cause) {
    throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
  }
}
