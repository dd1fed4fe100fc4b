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
import type { ListStatement } from '../sql/list-statement.js';
import { assignments, type ColumnValue } from '../sql/row-sql.js';
import { atomically } from '../sql/transaction.js';
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

/** The users in the existing users table, and the claims on their addresses in a table of this product. */
export class MikroOrmUserRepository implements UserRepository {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  find(id: UserId): Promise<User | null> {
    return this.#read(id, this.#tools.statements.find);
  }

  /** Users by ids, in one statement. Only for integer keys: which texts are equal is for their collation to decide. */
  async findMany(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, User>> {
    const { statements } = this.#tools;
    return mapped(await this.#rowsOf(ids, statements.findMany), (id, rows) => this.#userOf(id, rows));
  }

  findForUpdate(id: UserId): Promise<User | null> {
    return this.#read(id, this.#tools.statements.findForUpdate);
  }

  async findSubscribed(id: UserId): Promise<SubscribedUser | null> {
    const { db, existing, statements } = this.#tools;
    const { users } = existing.map;
    const key = keyValue(id, users.key);
    if (statements.findSubscribed === null) return withoutPeriods(await this.find(id));
    return key === null ? null : this.#subscribedOf(id, (await statements.findSubscribed.run(db, [key, key])).rows);
  }

  /** As `findMany`, with the subscriptions. */
  async findManySubscribed(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, SubscribedUser>> {
    const { findManySubscribed } = this.#tools.statements;
    if (findManySubscribed === null) return mapped(await this.findMany(ids), (_id, user) => withoutPeriods(user));
    return mapped(await this.#rowsOf(ids, findManySubscribed), (id, rows) => this.#subscribedOf(id, rows));
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
    return atomically(this.#tools, async (tools) => {
      const key = await new Registration(tools).insert(user);
      if (key === null) return { kind: 'email_taken' };
      const inserted = await new MikroOrmUserRepository(tools).find(idOf(key, tools.existing.map.users.key));
      if (inserted === null) throw new Error('the users table does not show the row that was just inserted');
      return { kind: 'inserted', user: inserted };
    });
  }

  updateProfile(id: UserId, changes: ProfileChanges): Promise<SubscribedUser | null> {
    if (this.#tools.existing.map.users.name.kind === 'two_columns') return this.#writeRow(id, changes, { firstName: null, lastName: null });
    return atomically(this.#tools, async (tools) => {
      const held = new MikroOrmUserRepository(tools);
      const current = await held.findForUpdate(id);
      return current && held.#writeRow(id, changes, current);
    });
  }

  setEnabled(id: UserId, isEnabled: boolean): Promise<AccountSwitch> {
    return atomically(this.#tools, (tools) => new AccountStatus({ ...tools, users: new MikroOrmUserRepository(tools) }).set(id, isEnabled));
  }

  async #read(id: UserId, statement: AccountStatements['find']): Promise<User | null> {
    const { db, existing } = this.#tools;
    const key = keyValue(id, existing.map.users.key);
    return key === null ? null : this.#userOf(id, (await statement.run(db, [key])).rows);
  }

  async #rowsOf<Row extends AccountRow>(
    ids: readonly UserId[],
    statement: ListStatement<Row>,
  ): Promise<ReadonlyMap<UserId, readonly Row[]>> {
    const { db, existing } = this.#tools;
    const { key } = existing.map.users;
    const keys = ids.map((id) => keyValue(id, key)).filter((value) => typeof value === 'number' || typeof value === 'bigint');
    const { rows } = keys.length === 0 ? { rows: [] } : await statement.run(db, keys);
    return Map.groupBy(rows, (row) => idOf(row.id, key));
  }

  #subscribedOf(id: UserId, rows: readonly SubscribedRow[]): SubscribedUser | null {
    const { users, subscriptions } = this.#tools.existing.map;
    const user = this.#userOf(id, rows);
    const periods = rows.filter((row) => row.periodOf !== null && isKeyOf(id, row.periodOf, users.key));
    return user && { ...user, periods: periods.map((row) => periodOf(row, subscriptions?.standing ?? null)) };
  }

  /** An account with several rows, one for each credential and period, is enabled only if all of them are active. */
  #userOf(id: UserId, rows: readonly AccountRow[]): User | null {
    const { existing } = this.#tools;
    const own = rows.filter((candidate) => isKeyOf(id, candidate.id, existing.map.users.key));
    const [row] = own;
    return row === undefined ? null : { id, ...userOf(row), isEnabled: own.every((candidate) => existing.isEnabled(candidate)) };
  }

  async #writeRow(id: UserId, changes: ProfileChanges, current: Names): Promise<SubscribedUser | null> {
    const { db, existing } = this.#tools;
    const { users } = existing.map;
    const key = keyValue(id, users.key);
    const row: Record<string, ColumnValue> = nameRow(existing, changes, current);
    if (users.phone !== null && changes.phone !== undefined)
      row[users.phone] = existing.textOrNull(users.table, users.phone, changes.phone);
    if (key !== null && Object.keys(row).length > 0) {
      const writing = sql`update ${sql.table(users.table)} set ${assignments(row)} where ${sql.ref(users.key.column)} = ${key}`.execute(db);
      const fieldOf = (column: string) => userField(users, { ...current, ...changes }, column);
      await refusalAsViolation(this.#tools, { table: users.table, row, fieldOf }, writing);
    }
    return this.findSubscribed(id);
  }
}

function mapped<Key, Value, Result>(
  values: ReadonlyMap<Key, Value>,
  resultOf: (key: Key, value: Value) => Result | null,
): ReadonlyMap<Key, Result> {
  const results = [...values].map(([key, value]) => [key, resultOf(key, value)] as const);
  return new Map(results.filter((entry): entry is readonly [Key, Result & {}] => entry[1] !== null));
}

const withoutPeriods = (user: User | null): SubscribedUser | null => user && { ...user, periods: [] };
