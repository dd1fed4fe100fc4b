import { parseSessionId, userId } from '../../core/domain/ids.js';
import type { Revocation, RevocationReason } from '../../core/domain/session.js';

/** As one text: `[[session id, user id, revoked at (ms), reason], …]`. */
export function encodeRevocations(revocations: readonly Revocation[]): string {
  return JSON.stringify(revocations.map(({ sessionId, userId: id, revokedAt, reason }) => [sessionId, id, revokedAt, reason]));
}

/** @throws Error for a text that `encodeRevocations` did not make. */
export function decodeRevocations(text: string): readonly Revocation[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error('not a list of revocations');
  return rows.map(decodeRow);
}

const reasons: Record<RevocationReason, true> = {
  logout: true,
  reuse: true,
  password_change: true,
  ended_by_user: true,
  account_disabled: true,
  admin: true,
  session_limit: true,
};

function decodeRow(row: unknown): Revocation {
  const [session, user, revokedAt, reason]: unknown[] = Array.isArray(row) ? row : [];
  const sessionId = typeof session === 'string' ? parseSessionId(session) : null;
  if (sessionId === null || typeof user !== 'string' || typeof revokedAt !== 'number' || !isReason(reason)) {
    throw new Error('not a revocation');
  }
  return { sessionId, userId: userId(user), revokedAt, reason };
}

const isReason = (value: unknown): value is RevocationReason => typeof value === 'string' && Object.hasOwn(reasons, value);
