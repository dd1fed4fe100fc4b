import type { SessionId, UserId } from '../ids.js';
import { type Instant, secondsToMs } from '../instant.js';
import type { Origin } from '../origin.js';

/** Why a session ended before its time. */
export type RevocationReason =
  | 'logout'
  | 'reuse'
  | 'password_change'
  | 'ended_by_user'
  | 'account_disabled'
  | 'admin'
  | 'session_limit'
  /** Its tokens never left: the answer to the sign-in was given up. */
  | 'undelivered';

/** One sign-in on one device. One row, whatever the number of refreshes. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  /** Number of the one refresh token that is current; each rotation adds one. */
  readonly counter: number;
  readonly deviceName: string | null;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Instant;
  /** The last sign-in or refresh. */
  readonly lastSeenAt: Instant;
  /** When the current refresh token replaced its predecessor; null before the first rotation. */
  readonly rotatedAt: Instant | null;
  /** End of the idle life, never after `expiresAt`; each refresh starts it anew. */
  readonly idleExpiresAt: Instant;
  /** End of the absolute life. */
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly revocationReason: RevocationReason | null;
}

/** A session that ended, as it is told to every process. */
export interface Revocation {
  readonly sessionId: SessionId;
  readonly userId: UserId;
  readonly revokedAt: Instant;
  readonly reason: RevocationReason;
}

/** How long things live. */
export interface SessionPolicy {
  readonly accessTtlSeconds: number;
  /** Idle life of a session. */
  readonly refreshTtlSeconds: number;
  /** Absolute life of a session. */
  readonly sessionMaxSeconds: number;
  /**
   * How long a refresh token is repeated after its answer was lost. `unused`: as long as its successor was not presented at a refresh,
   * within the idle life. A number bounds it in seconds as well.
   */
  readonly replaySeconds: number | 'unused';
  /** Max age of a session that may end other sessions of its user; 0: any age. */
  readonly endMaxAgeSeconds: number;
}

export interface SessionOpening {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly deviceName: string | null;
  readonly origin: Origin;
  readonly now: Instant;
}

/** A new session, its first refresh token being number 0. */
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

/** Sessions of one user, ended ones included. No person has as many devices; a client that knows a password could open them without end. */
export const maxSessionsPerUser = 200;

/** Whether a session may still be used or refreshed. */
export const isLive = (session: Pick<Session, 'revokedAt' | 'idleExpiresAt'>, now: Instant): boolean =>
  session.revokedAt === null && session.idleExpiresAt > now;

/** Whether a session was opened, by a password or a registration, at most so many seconds ago. A refresh does not make it younger. */
export const isOpenedWithin = ({ createdAt }: Session, seconds: number, now: Instant): boolean => now - createdAt <= secondsToMs(seconds);

/** How long a sign-in that was answered "retry" may be repeated as what it was. */
const repeatableMs = 600_000;

/** Whether the answer that held the tokens of a session was given up, a short while ago. */
export const isUndelivered = ({ revocationReason, createdAt }: Session, now: Instant): boolean =>
  revocationReason === 'undelivered' && now - createdAt <= repeatableMs;
