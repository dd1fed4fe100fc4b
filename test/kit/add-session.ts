import type { User } from '../../core/domain/accounts/user.js';
import { sessionIdFrom } from '../../core/domain/ids.js';
import { noOrigin } from '../../core/domain/origin.js';
import { newSession, type Session } from '../../core/domain/sessions/session.js';
import type { TokenResponse } from '../../core/domain/sessions/token-response.js';
import { issueTokens } from '../../core/usecases/steps/issue-tokens.js';
import type { World } from './make-world.js';

/** A session, and the tokens of its device. */
export interface TestSession {
  readonly session: Session;
  readonly tokens: TokenResponse;
}

/** Signs a user in without a password. The session is the one that `LogIn` would open now, except for `changes`. */
export async function addSession(
  world: Pick<World, 'clock' | 'random' | 'sessions' | 'sessionPolicy' | 'tokens' | 'refreshTokens'>,
  { id: userId }: Pick<User, 'id'>,
  changes: Partial<Session> = {},
): Promise<TestSession> {
  const now = world.clock.now();
  const id = sessionIdFrom(now, world.random.bytes(10));
  const session = { ...newSession({ id, userId, deviceName: 'Pixel 9', origin: noOrigin, now }, world.sessionPolicy), ...changes };
  await world.sessions.open(session);
  return { session, tokens: await issueTokens(session, now, world) };
}
