import { type RawBuilder, sql } from 'kysely';
import type { EmailAddress } from '../../../core/domain/email-address.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { ColumnValue } from '../sql/row-sql.js';
import { toWholeDatetime } from '../sql/stored-time.js';
import type { Columns } from './column-facts.js';
import type { Constant, Fills, SchemaMap, StatusMap } from './schema-map.js';
import type { KeyValue } from './user-key.js';

/** A row of the users table with what the credentials table says of it. */
export interface AccountRow {
  readonly id: KeyValue;
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly createdAt: unknown;
  readonly userStatus: Constant | null;
  /** Null where the account has no credential. */
  readonly credentialOf: KeyValue | null;
  readonly credentialStatus: Constant | null;
  readonly theirHash: string | null;
}

export interface ExistingTablesOptions {
  readonly map: SchemaMap;
  readonly columns: Columns;
}

/** SQL over the existing tables, in the words of the schema map. `u` is the users table, `c` the credentials table. */
export class ExistingTables {
  readonly map: SchemaMap;
  /** The list of a SELECT from `accounts` that gives `AccountRow`s. */
  readonly accountColumns: RawBuilder<AccountRow>;
  /** The users, with what the credentials table says of them. */
  readonly accounts: RawBuilder<unknown>;
  readonly #columns: Columns;

  constructor({ map, columns }: ExistingTablesOptions) {
    this.map = map;
    this.accountColumns = accountColumns(map);
    this.accounts = accounts(map);
    this.#columns = columns;
  }

  hasKey(key: KeyValue): RawBuilder<unknown> {
    return sql`${sql.ref(`u.${this.map.users.key.column}`)} = ${key}`;
  }

  /**
   * Finds the candidates for an address by the index on its column: other spellings of case by the column's collation, space around
   * it by asking for that too. Where the collation tells case apart the index is of no use. What is found is still to be compared.
   */
  mayHaveEmail(email: EmailAddress): RawBuilder<unknown> {
    const { table, email: name } = this.map.users;
    const stored = sql.ref(`u.${name}`);
    const comparable = this.#columns.of(table, name)?.isCaseSensitive ? sql`lower(${stored})` : stored;
    return sql`${comparable} in (${sql.join([email, ` ${email}`, `${email} `, ` ${email} `])})`;
  }

  isEnabled(row: AccountRow): boolean {
    const { users, credentials } = this.map;
    return isActive(users.status, row.userStatus) && (row.credentialOf === null || isActive(credentials.status, row.credentialStatus));
  }

  /** How an unknown text is stored: as NULL where the column takes it, else as the empty text, which is read as unknown. */
  textOrNull(table: string, column: string, text: string | null): string | null {
    return text === null && this.#columns.of(table, column)?.isNullable === false ? '' : text;
  }

  /** Whether a text of this many characters fits a column for sure. */
  holds(table: string, column: string, length: number): boolean {
    const facts = this.#columns.of(table, column);
    return facts !== null && (facts.maxLength === null || facts.maxLength >= length);
  }
}

/** What a new row gets from the mapping alone. */
export function newRowDefaults(status: StatusMap | null, fills: Fills, now: Instant): Record<string, ColumnValue> {
  const filled = Object.entries(fills).map(([name, fill]) => [
    name,
    typeof fill === 'object' && fill !== null ? toWholeDatetime(now) : fill,
  ]);
  return { ...(status && { [status.column]: status.active[0] }), ...Object.fromEntries(filled) };
}

function accountColumns({ users, credentials }: SchemaMap): RawBuilder<AccountRow> {
  const { key, email, name, phone, createdAt, status } = users;
  return sql`${column('u', key.column)} as id, ${column('u', email)} as email, ${column('u', name.firstName)} as firstName,
    ${column('u', name.lastName)} as lastName, ${column('u', phone)} as phone, ${column('u', createdAt)} as createdAt,
    ${column('u', status?.column)} as userStatus, ${column('c', credentials.userId)} as credentialOf,
    ${column('c', credentials.status?.column)} as credentialStatus, ${column('c', credentials.passwordHash)} as theirHash`;
}

const accounts = ({ users, credentials }: SchemaMap): RawBuilder<unknown> =>
  sql`${sql.table(users.table)} as u left join ${sql.table(credentials.table)} as c
    on ${sql.ref(`c.${credentials.userId}`)} = ${sql.ref(`u.${users.key.column}`)}`;

const column = (alias: 'u' | 'c', name: string | null | undefined): RawBuilder<unknown> => (name ? sql.ref(`${alias}.${name}`) : sql`null`);

const isActive = (status: StatusMap | null, value: Constant | null): boolean =>
  status === null || status.active.some((active) => String(active) === String(value));
