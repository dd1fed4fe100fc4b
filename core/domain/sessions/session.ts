import type { SessionId, UserId } from '../ids.js';
import { type Instant, secondsToMs } from '../instant.js';
import type { Origin } from '../origin.js';

/** Why a session ended before its expiry. */
export type RevocationReason =
  | 'logout'
  | 'reuse'
  | 'password_change'
  | 'ended_by_user'
  | 'account_disabled'
  | 'admin'
  | 'session_limit'
  /** Its tokens were never sent: the sign-in's client stopped waiting for the response. */
  | 'undelivered';

/** One sign-in on one device. One row, whatever the number of refreshes. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  /** Number of the current refresh token; each rotation adds one. */
  readonly counter: number;
  readonly deviceName: string | null;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Instant;
  /** The last sign-in or refresh. */
  readonly lastSeenAt: Instant;
  /** When the current refresh token replaced its predecessor; null before the first rotation. */
  readonly rotatedAt: Instant | null;
  /** End of the idle timeout, never after `expiresAt`; each refresh restarts it. */
  readonly idleExpiresAt: Instant;
  /** End of the absolute lifetime. */
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly revocationReason: RevocationReason | null;
}

/** A session that ended, as it is announced to every process. */
export interface Revocation {
  readonly sessionId: SessionId;
  readonly userId: UserId;
  readonly revokedAt: Instant;
  readonly reason: RevocationReason;
}

/** The lifetimes. */
export interface SessionPolicy {
  readonly accessTtlSeconds: number;
  /** Idle timeout of a session. */
  readonly refreshTtlSeconds: number;
  /** Absolute lifetime of a session. */
  readonly sessionMaxSeconds: number;
  /**
   * How long a refresh token is repeated after its response was lost. `unused`: until its successor is presented at a refresh, within the
   * idle timeout. A number also limits it in seconds.
   */
  readonly replaySeconds: number | 'unused';
  /** Max age of a session that may end other sessions of its user; 0 allows any age. */
  readonly endMaxAgeSeconds: number;
}

export interface SessionOpening {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly deviceName: string | null;
  readonly origin: Origin;
  readonly now: Instant;
}

/** Creates a session. Its first refresh token has the number 0. */
export function newSession({ id, userId, deviceName, origin, now }: SessionOpening, policy: SessionPolicy): Session {
  const expiresAt = now + secondsToMs(policy.sessionMaxSeconds);
  return {
    id,
    userId,
    counter: 0,
    deviceName,
    userAgent: origin.userAgent,
    ip: origin.ip,
    createdAt: now,
    lastSeenAt: now,
    rotatedAt: null,
    idleExpiresAt: Math.min(now + secondsToMs(policy.refreshTtlSeconds), expiresAt),
    expiresAt,
    revokedAt: null,
    revocationReason: null,
  };
}

/**
 * Max sessions of one user, ended ones included. No user has as many devices, but a client that knows a password could open sessions
 * without end.
 */
export const maxSessionsPerUser = 200;

/** Returns whether a session may still be used or refreshed. */
export const isLive = (session: Pick<Session, 'revokedAt' | 'idleExpiresAt'>, now: Instant): boolean =>
  session.revokedAt === null && session.idleExpiresAt > now;

/**
 * Returns whether a session was opened, by a password or a registration, at most `seconds` seconds ago. A refresh does not change its age.
 */
export const isOpenedWithin = ({ createdAt }: Session, seconds: number, now: Instant): boolean => now - createdAt <= secondsToMs(seconds);

/** How long a sign-in whose response was "retry" may be repeated and recognised, in milliseconds. */
const repeatableMs = 600_000;

/** Returns whether the session was opened a short while ago, and the response with its tokens was not delivered. */
export const isUndelivered = ({ revocationReason, createdAt }: Session, now: Instant): boolean =>
  revocationReason === 'undelivered' && now - createdAt <= repeatableMs;
