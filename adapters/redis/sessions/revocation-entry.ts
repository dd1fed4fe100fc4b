import { parseSessionId, userId } from '../../../core/domain/ids.js';
import type { Revocation, RevocationReason } from '../../../core/domain/sessions/session.js';
import type { MessageGuard } from '../message-guard.js';
import { parseJsonArray } from '../parse-json-array.js';

/** Max number of revocations in one entry. */
export const maxRevocations = 100;

/** Max length of the text of an entry: room for user ids of the max column length. */
const maxTextLength = maxRevocations * 512;

/** Encodes as one text: `[[session id, user id, revoked at (ms), reason], …]`. */
export function encodeRevocations(revocations: readonly Revocation[]): string {
  return JSON.stringify(revocations.map(({ sessionId, userId: id, revokedAt, reason }) => [sessionId, id, revokedAt, reason]));
}

/** Returns no revocations where `mac` does not verify the text, or its content is not possible: such an entry is rejected as a whole. */
export function decodeRevocations(text: string, mac: string, guard: MessageGuard): readonly Revocation[] {
  const rows = parseJsonArray(text, maxTextLength)?.map((row) => decodeRow(row, guard));
  const revocations = rows?.filter((revocation) => revocation !== null) ?? [];
  const isSound = rows !== undefined && rows.length <= maxRevocations && revocations.length === rows.length;
  if (isSound && guard.isGenuine('revocation', text, mac)) return revocations;
  guard.reject('revocation');
  return [];
}

const reasons: Record<RevocationReason, true> = {
  logout: true,
  reuse: true,
  password_change: true,
  ended_by_user: true,
  account_disabled: true,
  admin: true,
  session_limit: true,
  undelivered: true,
};

function decodeRow(row: unknown, guard: MessageGuard): Revocation | null {
  const [session, user, revokedAt, reason]: unknown[] = Array.isArray(row) ? row : [];
  const sessionId = typeof session === 'string' ? parseSessionId(session) : null;
  if (sessionId === null || typeof user !== 'string' || typeof revokedAt !== 'number' || !isReason(reason)) return null;
  return guard.isTimely(revokedAt) ? { sessionId, userId: userId(user), revokedAt, reason } : null;
}

const isReason = (value: unknown): value is RevocationReason => typeof value === 'string' && Object.hasOwn(reasons, value);
