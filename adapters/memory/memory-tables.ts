import type { EmailAddress } from '../../core/domain/accounts/email-address.js';
import type { User } from '../../core/domain/accounts/user.js';
import type { AuditEvent } from '../../core/domain/audit/audit-event.js';
import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { Instant } from '../../core/domain/instant.js';
import type { Session } from '../../core/domain/sessions/session.js';
import type { SubscriptionPeriod } from '../../core/domain/subscriptions/subscription.js';
import type { StoredSeal } from '../../core/ports/audit/audit-seals.js';
import { MemoryTable } from './memory-table.js';

export interface StoredPassword {
  readonly hash: string;
  readonly lastLoginAt: Instant | null;
}

/** All stored data, committed or as one unit of work sees it. */
export interface MemoryTables {
  readonly users: MemoryTable<UserId, User>;
  /** The ids of the accounts with each address in its canonical form: more than one where another application created them. */
  readonly accounts: MemoryTable<EmailAddress, readonly UserId[]>;
  readonly passwords: MemoryTable<UserId, StoredPassword>;
  readonly periods: MemoryTable<UserId, readonly SubscriptionPeriod[]>;
  readonly sessions: MemoryTable<SessionId, Session>;
  /** By number, in ascending order. */
  readonly audit: MemoryTable<number, AuditEvent>;
  /** The last assigned number. No number is assigned twice, even after rows were deleted. */
  readonly lastAuditId: MemoryTable<'last', { readonly id: number }>;
  readonly auditSeals: MemoryTable<number, StoredSeal>;
}

export const emptyTables = (): MemoryTables => ({
  users: new MemoryTable(),
  accounts: new MemoryTable(),
  passwords: new MemoryTable(),
  periods: new MemoryTable(),
  sessions: new MemoryTable(),
  audit: new MemoryTable(),
  lastAuditId: new MemoryTable(),
  auditSeals: new MemoryTable(),
});

export const draftOf = (tables: MemoryTables): MemoryTables => ({
  users: tables.users.draft(),
  accounts: tables.accounts.draft(),
  passwords: tables.passwords.draft(),
  periods: tables.periods.draft(),
  sessions: tables.sessions.draft(),
  audit: tables.audit.draft(),
  lastAuditId: tables.lastAuditId.draft(),
  auditSeals: tables.auditSeals.draft(),
});

export function commit(draft: MemoryTables): void {
  const { users, accounts, passwords, periods, sessions, audit, lastAuditId, auditSeals } = draft;
  for (const table of [users, accounts, passwords, periods, sessions, audit, lastAuditId, auditSeals]) table.commit();
}
