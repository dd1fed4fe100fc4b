import { AuthError } from '../../core/domain/auth-error.js';

/**
 * Awaits the reply to a command.
 * @throws AuthError `dependency_unavailable`, with a retry after one second, where there is no reply
 */
export async function redisReply<Reply>(command: Promise<Reply>): Promise<Reply> {
  try {
    return await command;
  } catch (cause) {
    throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
  }
}
