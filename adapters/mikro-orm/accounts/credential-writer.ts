import { sql } from 'kysely';
import { isRefusal } from '../../../core/domain/auth-error.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import { theirHash } from '../schema-map/existing-tables.js';
import { keyValue } from '../schema-map/user-key.js';
import { assignments, type ColumnValue, insertInto } from '../sql/row-sql.js';
import type { StoreTools } from '../store-tools.js';
import { type BoundHash, bindingOf } from './password-overlay.js';
import { refusalAsViolation } from './table-refusal.js';

/** A credential whose rows are locked. */
export interface HeldCredential extends BoundHash {
  readonly userId: UserId;
}

/** The values to write; null leaves a value as it is. */
export interface CredentialChanges {
  readonly lastLoginAt: Instant | null;
  readonly passwordHash: string | null;
}

type Row = Readonly<Record<string, ColumnValue>>;

/** The input field from which a hash was made. */
type PasswordField = 'password' | 'newPassword';

/** Stored where the hash of a new account goes to the overlay: no password has this hash. */
export const unusableHash = '!';

/** Writes credentials, within one transaction. */
export class CredentialWriter {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  async add(id: UserId, passwordHash: string): Promise<void> {
    const { db, existing, clock, credentialTarget } = this.#tools;
    const { users, credentials } = existing.map;
    const stored = credentialTarget === 'table' ? passwordHash : unusableHash;
    if (credentials.kind === 'users_table') await this.#update(id, { [credentials.passwordHash]: stored }, 'password');
    else {
      const row: Record<string, ColumnValue> = {
        ...existing.newRowDefaults(credentials, clock.now()),
        [credentials.userId]: keyValue(id, users.key),
        [credentials.passwordHash]: stored,
      };
      await this.#refusing(row, 'password', insertInto(credentials.table, row).execute(db));
    }
    if (credentialTarget === 'overlay')
      await this.#putOverlay({ userId: id, theirHash: stored, ourHash: null, boundTo: null }, passwordHash);
  }

  /** Reads a credential and locks it. */
  async hold(id: UserId): Promise<HeldCredential | null> {
    const { db, existing, flavour } = this.#tools;
    const { users, credentials } = existing.map;
    const key = keyValue(id, users.key);
    if (key === null) return null;
    const { rows } = await sql<BoundHash>`
      select ${theirHash(credentials)} as theirHash, o.password_hash as ourHash, o.bound_to as boundTo
      from ${sql.table(credentials.table)} as c left join auth_credentials as o on o.user_id = ${id}
      where ${sql.ref(`c.${credentials.userId}`)} = ${key} ${flavour.forUpdate}`.execute(db);
    return rows[0] ? { ...rows[0], userId: id } : null;
  }

  async write(held: HeldCredential, { lastLoginAt, passwordHash }: CredentialChanges): Promise<void> {
    const { existing, credentialTarget } = this.#tools;
    const { credentials } = existing.map;
    const isTheirs = credentialTarget === 'table';
    const row: Record<string, ColumnValue> = {};
    if (passwordHash !== null && isTheirs) row[credentials.passwordHash] = passwordHash;
    if (lastLoginAt !== null && credentials.lastLoginAt !== null) {
      row[credentials.lastLoginAt] = existing.timeFor(credentials.table, credentials.lastLoginAt, lastLoginAt);
    }
    await this.#update(held.userId, row, 'newPassword');
    if (passwordHash !== null && !isTheirs) await this.#putOverlay(held, passwordHash);
    if (passwordHash !== null && isTheirs && held.ourHash !== null) await this.#dropOverlay(held.userId);
  }

  /** A table that rejects the time of a login does not prevent the login; a table that rejects a hash does. */
  async writeLogin(held: HeldCredential, changes: CredentialChanges): Promise<void> {
    await this.write(held, changes).catch((error: unknown) => {
      const isNote = changes.passwordHash === null && isRefusal(error, 'validation_failed');
      if (!isNote) throw error;
    });
  }

  async #update(id: UserId, row: Row, field: PasswordField): Promise<void> {
    if (Object.keys(row).length === 0) return;
    const { db, existing } = this.#tools;
    const { users, credentials } = existing.map;
    const writing = sql`update ${sql.table(credentials.table)} set ${assignments(row)}
      where ${sql.ref(credentials.userId)} = ${keyValue(id, users.key)}`.execute(db);
    await this.#refusing(row, field, writing);
  }

  async #refusing(row: Row, field: PasswordField, writing: Promise<unknown>): Promise<void> {
    const { table, passwordHash } = this.#tools.existing.map.credentials;
    const fieldOf = (column: string) => (column === passwordHash ? field : null);
    await refusalAsViolation(this.#tools, { table, row, fieldOf }, writing);
  }

  async #putOverlay({ userId, theirHash: bound }: HeldCredential, passwordHash: string): Promise<void> {
    const { db, flavour, clock } = this.#tools;
    const overlay = { password_hash: passwordHash, bound_to: bindingOf(bound), updated_at: clock.now() };
    await sql`${insertInto('auth_credentials', { user_id: userId, ...overlay })} ${flavour.onDuplicateSet('user_id', overlay)}`.execute(db);
  }

  async #dropOverlay(id: UserId): Promise<void> {
    await this.#tools.db.deleteFrom('auth_credentials').where('user_id', '=', id).execute();
  }
}
