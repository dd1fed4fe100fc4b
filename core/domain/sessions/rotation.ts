import { type Instant, secondsToMs } from '../instant.js';
import type { Origin } from '../origin.js';
import type { Session, SessionPolicy } from './session.js';

/** The meaning of a presented refresh token for its session. */
export type RotationVerdict = 'rotate' | 'repeat' | 'reuse' | 'expired' | 'revoked' | 'unknown';

/** The outcome of a presented refresh token. `session` is the row as it is afterwards. */
export type RotationOutcome =
  | { readonly kind: 'rotated' | 'repeated' | 'reused' | 'expired' | 'revoked'; readonly session: Session }
  | { readonly kind: 'unknown' };

/**
 * The rules of rotation (RFC 9700 §4.14.2), in one place, without I/O. The token with the number `counter` is current: it rotates. Its
 * predecessor is repeated, because its response may be lost: as long as the current token was not presented and `replaySeconds` allows it.
 * Any older token is reuse. A number that was never issued (because a database backup was restored) is unknown.
 */
export function judgeRotation(session: Session, counter: number, now: Instant, policy: SessionPolicy): RotationVerdict {
  if (session.revokedAt !== null) return 'revoked';
  if (session.idleExpiresAt <= now) return 'expired';
  if (counter === session.counter) return 'rotate';
  if (counter > session.counter) return 'unknown';
  return isLostAnswer(session, counter, now, policy) ? 'repeat' : 'reuse';
}

/** A presented token becomes the predecessor. So the successor of the predecessor, the current token, was never presented. */
function isLostAnswer(session: Session, counter: number, now: Instant, { replaySeconds }: SessionPolicy): boolean {
  if (counter !== session.counter - 1) return false;
  if (replaySeconds === 'unused') return true;
  return session.rotatedAt !== null && now - session.rotatedAt <= secondsToMs(replaySeconds);
}

/** Returns the row after a rotation: the next number, and a new idle timeout within the absolute lifetime. */
export function rotated(session: Session, now: Instant, origin: Origin, policy: SessionPolicy): Session {
  return {
    ...session,
    counter: session.counter + 1,
    rotatedAt: now,
    lastSeenAt: now,
    idleExpiresAt: Math.min(now + secondsToMs(policy.refreshTtlSeconds), session.expiresAt),
    ip: origin.ip ?? session.ip,
    userAgent: origin.userAgent ?? session.userAgent,
  };
}
