import type { Selectable } from 'kysely';
import type { SessionId, UserId } from '../../../core/domain/ids.js';
import type { RevocationReason, Session } from '../../../core/domain/sessions/session.js';
import type { OwnTables } from '../own-entities.js';

export type SessionRow = Selectable<OwnTables['auth_sessions']>;

export const sessionColumns = [
  'id',
  'user_id',
  'refresh_counter',
  'device_name',
  'user_agent',
  'ip',
  'created_at',
  'last_seen_at',
  'rotated_at',
  'idle_expires_at',
  'expires_at',
  'revoked_at',
  'revocation_reason',
] as const satisfies readonly (keyof SessionRow)[];

/** What a rotation changes. */
export const rotatedColumns = [
  'refresh_counter',
  'rotated_at',
  'last_seen_at',
  'idle_expires_at',
  'ip',
  'user_agent',
] as const satisfies readonly (keyof SessionRow)[];

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
