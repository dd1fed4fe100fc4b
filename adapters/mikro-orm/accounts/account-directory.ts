import { type RawBuilder, sql } from 'kysely';
import { canonicalEmail, type EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { User } from '../../../core/domain/accounts/user.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { UserQuery } from '../../../core/ports/accounts/user-repository.js';
import type { AccountRow } from '../schema-map/existing-tables.js';
import { idOf, keyValue } from '../schema-map/user-key.js';
import type { StoreTools } from '../store-tools.js';
import { nameColumns } from './name-columns.js';
import { userOf } from './user-of.js';

type Tools = Pick<StoreTools, 'db' | 'existing'>;

/** Finds users by the search terms of an admin. */
export class AccountDirectory {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  async findByEmail(email: EmailAddress): Promise<readonly User[]> {
    const { existing } = this.#tools;
    const rows = await this.#rows(existing.accounts, sql`where ${existing.mayHaveEmail(email)}`);
    return this.#usersOf(rows.filter((row) => canonicalEmail(row.email) === email));
  }

  async list({ search, after, limit }: UserQuery): Promise<readonly User[]> {
    const { existing } = this.#tools;
    const { users } = existing.map;
    const conditions: RawBuilder<unknown>[] = [];
    if (after !== null) {
      const key = keyValue(after, users.key);
      if (key === null) return [];
      conditions.push(sql`${sql.ref(`u.${users.key.column}`)} > ${key}`);
    }
    if (search !== null) conditions.push(this.#isLike(search));
    const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
    // The limit counts users, not the rows that a join makes of them.
    const page = sql`(select u.* from ${sql.table(users.table)} as u ${where} order by ${this.#key} limit ${sql.lit(limit)})`;
    return this.#usersOf(await this.#rows(existing.accountsOf(page), sql``));
  }

  get #key(): RawBuilder<unknown> {
    return sql.ref(`u.${this.#tools.existing.map.users.key.column}`);
  }

  #isLike(search: string): RawBuilder<unknown> {
    const { existing } = this.#tools;
    const { table, email, name } = existing.map.users;
    const pattern = `%${search.replace(/[!%_]/g, '!$&')}%`;
    const comparisons = [email, ...nameColumns(name)].map(
      (column) => sql`lower(${sql.ref(`u.${column}`)}) like lower(${existing.textFor(table, column, pattern)}) escape '!'`,
    );
    return sql`(${sql.join(comparisons, sql` or `)})`;
  }

  async #rows(from: RawBuilder<unknown>, where: RawBuilder<unknown>): Promise<readonly AccountRow[]> {
    const { db, existing } = this.#tools;
    const { rows } = await sql<AccountRow>`select ${existing.accountColumns} from ${from} ${where} order by ${this.#key}`.execute(db);
    return rows;
  }

  /** A user may have several credentials where no unique index prevents it: all of them must be active. */
  #usersOf(rows: readonly AccountRow[]): readonly User[] {
    const { existing } = this.#tools;
    const people = new Map<UserId, User>();
    for (const row of rows) {
      const id = idOf(row.id, existing.map.users.key);
      const isEnabled = existing.isEnabled(row) && people.get(id)?.isEnabled !== false;
      people.set(id, { id, ...userOf(row), isEnabled });
    }
    return [...people.values()];
  }
}
