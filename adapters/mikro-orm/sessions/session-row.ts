import type { Selectable } from 'kysely';
import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { RevocationReason, Session } from '../../../core/domain/session.js';
import type { OwnTables } from '../entities/own-entities.js';

export type SessionRow = Selectable<OwnTables['auth_sessions']>;

/** What `sessionRow` wrote; the brands and the reason are what they were. */
export function sessionOf(row: SessionRow): Session {
  return {
    id: row.id as SessionId,
    userId: row.user_id as UserId,
    counter: row.refresh_counter,
    deviceName: row.device_name,
    userAgent: row.user_agent,
    ip: row.ip,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    rotatedAt: row.rotated_at,
    idleExpiresAt: row.idle_expires_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revocationReason: row.revocation_reason as RevocationReason | null,
  };
}

export function sessionRow(session: Session): SessionRow {
  return {
    id: session.id,
    user_id: session.userId,
    refresh_counter: session.counter,
    device_name: session.deviceName,
    user_agent: session.userAgent,
    ip: session.ip,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    rotated_at: session.rotatedAt,
    idle_expires_at: session.idleExpiresAt,
    expires_at: session.expiresAt,
    revoked_at: session.revokedAt,
    revocation_reason: session.revocationReason,
  };
}

/** What of a row differs between two states of its session. */
export function changedColumns(before: Session, after: Session): Partial<SessionRow> {
  const old = Object.entries(sessionRow(before));
  return Object.fromEntries(Object.entries(sessionRow(after)).filter(([, value], index) => value !== old[index]?.[1]));
}
