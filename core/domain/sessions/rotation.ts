import { type Instant, secondsToMs } from '../instant.js';
import type { Origin } from '../origin.js';
import type { Session, SessionPolicy } from './session.js';

/** What a presented refresh token means for its session. */
export type RotationVerdict = 'rotate' | 'repeat' | 'reuse' | 'expired' | 'revoked' | 'unknown';

/** What became of a presented refresh token. `session` is the row as it stands afterwards. */
export type RotationOutcome =
  | { readonly kind: 'rotated' | 'repeated' | 'reused' | 'expired' | 'revoked'; readonly session: Session }
  | { readonly kind: 'unknown' };

/**
 * The rules of rotation (RFC 9700 §4.14.2), in one place, with no I/O. The token numbered `counter` is current: it rotates. Its
 * predecessor, as long as the current one was not presented and `replaySeconds` allows it, stands for a lost answer: it is repeated.
 * Any older one is reuse. A number that was never handed out (a database restored from a backup) is unknown.
 */
export function judgeRotation(session: Session, counter: number, now: Instant, policy: SessionPolicy): RotationVerdict {
  if (session.revokedAt !== null) return 'revoked';
  if (session.idleExpiresAt <= now) return 'expired';
  if (counter === session.counter) return 'rotate';
  if (counter > session.counter) return 'unknown';
  return isLostAnswer(session, counter, now, policy) ? 'repeat' : 'reuse';
}

/** A token that is presented becomes the predecessor: so the successor of the predecessor, the current token, was never presented. */
function isLostAnswer(session: Session, counter: number, now: Instant, { replaySeconds }: SessionPolicy): boolean {
  if (counter !== session.counter - 1) return false;
  if (replaySeconds === 'unused') return true;
  return session.rotatedAt !== null && now - session.rotatedAt <= secondsToMs(replaySeconds);
}

/** The row after a rotation: the next number, and a fresh idle life within the absolute one. */
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
