import type { AuditEvent } from '../../../../core/domain/audit/audit-event.js';
import type { UserId } from '../../../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../../../core/domain/subscriptions/subscription.js';
import type { ExistingSchema } from '../../../../core/ports/operations/existing-schema.js';
import type { Stores, UnitOfWork } from '../../../../core/ports/unit-of-work.js';

/** An account as another application wrote it. */
export interface ForeignUser {
  /** Stored in this spelling. */
  readonly email: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  /** Default: true. */
  readonly isEnabled?: boolean;
  /** Null or absent: the account has no credential. */
  readonly passwordHash?: string | null;
}

/** The parts of an adapter that a contract suite needs: its ports, and the writes of the other applications that share its tables. */
export interface StoreHarness {
  readonly stores: Stores;
  readonly unitOfWork: UnitOfWork;
  readonly existingSchema: ExistingSchema;
  /** Adds an account without claiming its address, as another application does. */
  addUser(user: ForeignUser): Promise<UserId>;
  /** Deletes an account, its credential and its periods; this product's own rows about it stay. */
  deleteUser(id: UserId): Promise<void>;
  /** Changes the stored address, as another application does. */
  setForeignEmail(id: UserId, email: string): Promise<void>;
  /** Replaces the hash in the existing credentials table; the account has one already. */
  setForeignHash(id: UserId, passwordHash: string): Promise<void>;
  /** From here on two accounts may have one address in the users table: some companies' tables have no unique index. */
  allowDuplicateEmails(): Promise<void>;
  /** Instants are at the start and the end of a day (UTC), since existing tables may hold dates without a time. */
  addPeriod(id: UserId, period: SubscriptionPeriod): Promise<void>;
  /** All recorded and committed events, oldest first. */
  auditRows(): Promise<readonly AuditEvent[]>;
  dispose(): Promise<void>;
}

/** Opens an empty store: no account, no session. Each test gets its own. */
export type OpenStore = () => Promise<StoreHarness>;
