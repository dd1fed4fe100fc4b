import type { SessionId, UserId } from '../ids.js';
import type { Instant } from '../instant.js';
import type { Origin } from '../origin.js';

export const auditEventNames = [
  'register',
  'login',
  'refresh',
  'refresh_reuse',
  'logout',
  'password_change',
  'password_upgrade',
  'profile_update',
  'session_revoke',
  'rate_limited',
  'ws_connect',
  'ws_disconnect',
  'user_disable',
  'user_enable',
  'seed',
  'token_revoke',
  'audit_export',
] as const;

export type AuditEventName = (typeof auditEventNames)[number];

export type AuditOutcome = 'success' | 'failure' | 'denied';

/** One row of the audit log. It never contains a password, token, hash, secret or unknown address. */
export interface AuditEvent {
  readonly occurredAt: Instant;
  readonly event: AuditEventName;
  readonly outcome: AuditOutcome;
  readonly userId: UserId | null;
  readonly sessionId: SessionId | null;
  /** The actor: `user`, `anonymous`, `system`, or `admin:NAME`. */
  readonly actor: string;
  readonly origin: Origin;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

type Known = Pick<AuditEvent, 'occurredAt' | 'event' | 'outcome' | 'origin'>;

/** Fills in defaults for absent fields. The default actor is `user` if a user is known, otherwise `anonymous`. */
export function auditEvent(known: Known & Partial<AuditEvent>): AuditEvent {
  const userId = known.userId ?? null;
  return { sessionId: null, actor: userId === null ? 'anonymous' : 'user', details: {}, ...known, userId };
}
