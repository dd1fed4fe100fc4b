import { canonicalEmail } from '../../core/domain/accounts/email-address.js';
import type { User } from '../../core/domain/accounts/user.js';
import type { AuditEvent } from '../../core/domain/audit/audit-event.js';
import { type UserId, userId } from '../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../core/domain/subscriptions/subscription.js';
import type { MemorySpace } from './memory-space.js';
import { commit, draftOf, emptyTables, type MemoryTables } from './memory-tables.js';

/** An account as another application wrote it. */
export interface ExistingAccount {
  readonly user: User;
  readonly passwordHash?: string;
  readonly periods?: readonly SubscriptionPeriod[];
}

/** The data that the memory stores share. Changes run one at a time; readers see committed data. */
export class MemoryDatabase implements MemorySpace {
  readonly #committed = emptyTables();
  #lastTurn: Promise<void> = Promise.resolve();
  #lastUserId = 0;

  /** The audit log, oldest first. */
  get auditEvents(): readonly AuditEvent[] {
    return Array.from(this.#committed.audit.entries(), ([, event]) => event);
  }

  async read<Result>(ask: (tables: MemoryTables) => Result): Promise<Result> {
    return ask(this.#committed);
  }

  async write<Result>(change: (tables: MemoryTables) => Result | Promise<Result>): Promise<Result> {
    const turn = Promise.withResolvers<void>();
    const previous = this.#lastTurn;
    this.#lastTurn = turn.promise;
    await previous;
    try {
      const draft = draftOf(this.#committed);
      const result = await change(draft);
      commit(draft);
      return result;
    } finally {
      turn.resolve();
    }
  }

  /** As an auto-increment column: a number is assigned once, even when its unit of work is rolled back. */
  nextUserId(): UserId {
    this.#lastUserId += 1;
    return userId(this.#lastUserId);
  }

  /** Writes an account as another application would: replaces the account with the same id, without a check of its address. */
  async putAccount({ user, passwordHash, periods }: ExistingAccount): Promise<void> {
    if (Number.isSafeInteger(Number(user.id))) this.#lastUserId = Math.max(this.#lastUserId, Number(user.id));
    await this.write((tables) => {
      release(tables, user.id);
      const email = canonicalEmail(user.email);
      tables.accounts.set(email, [...(tables.accounts.get(email) ?? []), user.id]);
      tables.users.set(user.id, { ...user });
      if (passwordHash !== undefined) tables.passwords.set(user.id, { hash: passwordHash, lastLoginAt: null });
      if (periods !== undefined) tables.periods.set(user.id, [...periods]);
    });
  }

  /** Deletes an account, its password and its periods as another application would; its sessions stay. */
  async deleteAccount(id: UserId): Promise<void> {
    await this.write((tables) => {
      release(tables, id);
      tables.users.delete(id);
      tables.passwords.delete(id);
      tables.periods.delete(id);
    });
  }
}

/** Removes an account from the list of accounts with its address. */
function release(tables: MemoryTables, id: UserId): void {
  const user = tables.users.get(id);
  if (user === null) return;
  const email = canonicalEmail(user.email);
  tables.accounts.set(
    email,
    (tables.accounts.get(email) ?? []).filter((owner) => owner !== id),
  );
}
