import { sql } from 'kysely';
import { canonicalEmail, type EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { NewUser, ProfileChanges, User } from '../../../core/domain/accounts/user.js';
import type { UserId } from '../../../core/domain/ids.js';
import type {
  AccountSwitch,
  SubscribedUser,
  UserInsertion,
  UserQuery,
  UserRepository,
} from '../../../core/ports/accounts/user-repository.js';
import type { AccountRow } from '../schema-map/existing-tables.js';
import { idOf, isKeyOf, keyValue } from '../schema-map/user-key.js';
import type { ColumnValue } from '../sql/row-sql.js';
import type { StoreTools } from '../store-tools.js';
import { periodOf } from '../subscriptions/subscription-period.js';
import { AccountDirectory } from './account-directory.js';
import type { AccountStatements, AddressRow, SubscribedRow } from './account-statements.js';
import { AccountStatus } from './account-status.js';
import { type Names, nameRow } from './name-columns.js';
import { Registration } from './registration.js';
import { refusalAsViolation } from './table-refusal.js';
import { userField } from './user-fields.js';
import { userOf } from './user-of.js';
import { writeUserRow } from './write-user-rows.js';

/** The users in the existing users table, and the claims on their addresses in a table of this product. */
export class MikroOrmUserRepository implements UserRepository {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  async find(id: UserId): Promise<User | null> {
    const { together, statements } = this.#tools;
    return together?.accounts ? this.#userOf(id, await together.accounts.ask(id)) : this.#read(id, statements.find);
  }

  findForUpdate(id: UserId): Promise<User | null> {
    return this.#read(id, this.#tools.statements.findForUpdate);
  }

  async findSubscribed(id: UserId): Promise<SubscribedUser | null> {
    const { users, subscriptions } = this.#tools.existing.map;
    if (subscriptions === null) return withoutPeriods(await this.find(id));
    const rows = await this.#subscribedRows(id);
    const user = this.#userOf(id, rows);
    const periods = rows.filter((row) => row.periodOf !== null && isKeyOf(id, row.periodOf, users.key));
    return user && { ...user, periods: periods.map((row) => periodOf(row, subscriptions.standing)) };
  }

  findByEmail(email: EmailAddress): Promise<readonly User[]> {
    return new AccountDirectory(this.#tools).findByEmail(email);
  }

  list(query: UserQuery): Promise<readonly User[]> {
    return new AccountDirectory(this.#tools).list(query);
  }

  async hasEmail(email: EmailAddress): Promise<boolean> {
    const { db, existing, statements } = this.#tools;
    const { users } = existing.map;
    const { rows } = existing.address.isOrdinary(email)
      ? await statements.findAddresses.run(db, existing.address.parameters(email))
      : await sql<AddressRow>`select ${sql.ref(`u.${users.email}`)} as email from ${sql.table(users.table)} as u
          where ${existing.mayHaveEmail(email)}`.execute(db);
    return rows.some((row) => canonicalEmail(row.email) === email);
  }

  async insert(user: NewUser): Promise<UserInsertion> {
    return this.#tools.atomically(async (room) => {
      const tools = { ...this.#tools, ...room };
      const key = await new Registration(tools).insert(user);
      if (key === null) return { kind: 'email_taken' };
      const inserted = await new MikroOrmUserRepository(tools).find(idOf(key, tools.existing.map.users.key));
      if (inserted === null) throw new Error('the users table does not show the row that was just inserted');
      return { kind: 'inserted', user: inserted };
    });
  }

  updateProfile(id: UserId, changes: ProfileChanges): Promise<SubscribedUser | null> {
    if (this.#tools.existing.map.users.name.kind === 'two_columns') return this.#writeRow(id, changes, { firstName: null, lastName: null });
    return this.#tools.atomically(async (room) => {
      const held = new MikroOrmUserRepository({ ...this.#tools, ...room });
      const current = await held.findForUpdate(id);
      return current && held.#writeRow(id, changes, current);
    });
  }

  setEnabled(id: UserId, isEnabled: boolean): Promise<AccountSwitch> {
    return this.#tools.atomically((room) => {
      const tools = { ...this.#tools, ...room };
      return new AccountStatus({ ...tools, users: new MikroOrmUserRepository(tools) }).set(id, isEnabled);
    });
  }

  async #read(id: UserId, statement: AccountStatements['find']): Promise<User | null> {
    const { db, existing } = this.#tools;
    const key = keyValue(id, existing.map.users.key);
    return key === null ? null : this.#userOf(id, (await statement.run(db, [key])).rows);
  }

  async #subscribedRows(id: UserId): Promise<readonly SubscribedRow[]> {
    const { db, existing, statements, together } = this.#tools;
    if (together?.subscribedAccounts) return await together.subscribedAccounts.ask(id);
    const key = keyValue(id, existing.map.users.key);
    if (key === null || statements.findSubscribed === null) return [];
    return (await statements.findSubscribed.run(db, [key, key])).rows;
  }

  /** An account with several rows, one for each credential and period, is enabled only if all of them are active. */
  #userOf(id: UserId, rows: readonly AccountRow[]): User | null {
    const { existing } = this.#tools;
    const own = rows.filter((candidate) => isKeyOf(id, candidate.id, existing.map.users.key));
    const [row] = own;
    return row === undefined ? null : { id, ...userOf(row), isEnabled: own.every((candidate) => existing.isEnabled(candidate)) };
  }

  async #writeRow(id: UserId, changes: ProfileChanges, current: Names): Promise<SubscribedUser | null> {
    const { db, existing, together } = this.#tools;
    const { users } = existing.map;
    const key = keyValue(id, users.key);
    const row: Record<string, ColumnValue> = nameRow(existing, changes, current);
    if (users.phone !== null && changes.phone !== undefined)
      row[users.phone] = existing.textOrNull(users.table, users.phone, changes.phone);
    if (key !== null && Object.keys(row).length > 0) {
      const change = { key, row };
      const writing = together?.userChanges ? together.userChanges.ask(change) : writeUserRow({ db, users }, change);
      const fieldOf = (column: string) => userField(users, { ...current, ...changes }, column);
      await refusalAsViolation(this.#tools, { table: users.table, row, fieldOf }, writing);
    }
    return this.findSubscribed(id);
  }
}

const withoutPeriods = (user: User | null): SubscribedUser | null => user && { ...user, periods: [] };
