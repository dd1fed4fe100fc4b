import { type RawBuilder, sql } from 'kysely';
import type { EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { ColumnValue } from '../sql/row-sql.js';
import { toDay, toWholeDatetime } from '../sql/stored-time.js';
import { AddressColumn } from './address-column.js';
import { isPlainAscii } from './address-spellings.js';
import type { Columns } from './column-facts.js';
import type { Constant, CredentialsMap, Fills, SchemaMap, StatusMap } from './schema-map.js';
import type { KeyValue } from './user-key.js';

/** The longest PHC string of an Argon2id hash that may come, with room to spare; and the one of the cheapest hash that is ever written. */
export const argon2Length = 128;
export const shortestArgon2Length = 97;

/** A value of a status column as drivers return it: a BIT column's as bytes. */
export type StoredConstant = Constant | Uint8Array | null;

/** A row of the users table with what the credentials table says of it. */
export interface AccountRow {
  readonly id: KeyValue;
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** Where one column holds both names. */
  readonly fullName: string | null;
  readonly phone: string | null;
  readonly createdAt: unknown;
  readonly userStatus: StoredConstant;
  /** Null where the account has no credential. */
  readonly credentialOf: KeyValue | null;
  readonly credentialStatus: StoredConstant;
}

interface TableDefaults {
  readonly table: string;
  readonly status: StatusMap | null;
  readonly fills: Fills;
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
  /** The column of addresses in `u`. */
  readonly address: AddressColumn;
  readonly #columns: Columns;

  constructor({ map, columns }: ExistingTablesOptions) {
    this.map = map;
    this.accountColumns = accountColumns(map);
    this.accounts = accountsOf(map, sql.table(map.users.table));
    this.#columns = columns;
    const { table, email } = map.users;
    this.address = new AddressColumn({ column: email, facts: columns.of(table, email), text: (text) => this.textFor(table, email, text) });
  }

  /** As `accounts`, of those people alone that a query in brackets gives. */
  accountsOf(people: RawBuilder<unknown>): RawBuilder<unknown> {
    return accountsOf(this.map, people);
  }

  hasKey(key: KeyValue): RawBuilder<unknown> {
    const { table, key: map } = this.map.users;
    return this.isKey('u', table, map.column, key);
  }

  /** Whether a column of a table, which has this alias, is the key. */
  isKey(alias: string, table: string, column: string, key: KeyValue): RawBuilder<unknown> {
    return sql`${sql.ref(`${alias}.${column}`)} = ${typeof key === 'string' ? this.textFor(table, column, key) : key}`;
  }

  /** As `AddressColumn.mayBe`. */
  mayHaveEmail(...emails: readonly EmailAddress[]): RawBuilder<unknown> {
    return this.address.mayBe(...emails);
  }

  /**
   * A text to compare a column with. What the column's character set has not is a fault to the server, not a text that differs, so it
   * becomes a question mark before: who compares what is found with the text itself is not misled by that.
   */
  textFor(table: string, column: string, text: string): RawBuilder<unknown> {
    const collation = this.#columns.of(table, column)?.collation ?? '';
    const [charset = ''] = collation.split('_');
    if (!isPlainAscii(text) && /^\w+$/.test(collation) && charset !== 'utf8mb4' && charset !== 'binary') {
      return sql`convert(${text} using ${sql.raw(charset)}) collate ${sql.raw(collation)}`;
    }
    return sql`${text}`;
  }

  /** Whether a new account's key is one of UUID_SHORT(), which no driver returns: it is made before the row. */
  get makesShortUuids(): boolean {
    const { table, key } = this.map.users;
    return key.kind === 'integer' && this.#columns.of(table, key.column)?.isShortUuid === true;
  }

  isEnabled(row: AccountRow): boolean {
    const { users, credentials } = this.map;
    return isActive(users.status, row.userStatus) && (row.credentialOf === null || isActive(credentials.status, row.credentialStatus));
  }

  /** How an unknown text is stored: as NULL where the column takes it, else as the empty text, which is read as unknown. */
  textOrNull(table: string, column: string, text: string | null): string | null {
    return text === null && this.#columns.of(table, column)?.isNullable === false ? '' : text;
  }

  /** An instant as a column takes it: a day where it holds no time. */
  timeFor(table: string, column: string, instant: Instant): string {
    return this.#columns.of(table, column)?.dataType === 'date' ? toDay(instant) : toWholeDatetime(instant);
  }

  /** What a new row of one of the tables gets from the mapping alone. */
  newRowDefaults({ table, status, fills }: TableDefaults, now: Instant): Record<string, ColumnValue> {
    const row: Record<string, ColumnValue> = status === null ? {} : { [status.column]: status.active[0] };
    for (const [name, fill] of Object.entries(fills)) {
      row[name] = typeof fill === 'object' && fill !== null ? this.timeFor(table, name, now) : fill;
    }
    return row;
  }

  /** Whether a text of this many characters fits a column for sure. */
  holds(table: string, column: string, length: number): boolean {
    const facts = this.#columns.of(table, column);
    return facts !== null && (facts.maxLength === null || facts.maxLength >= length);
  }
}

function accountColumns({ users, credentials }: SchemaMap): RawBuilder<AccountRow> {
  const { key, email, name, phone, createdAt, status } = users;
  const { firstName, lastName, fullName } = { firstName: null, lastName: null, fullName: null, ...name };
  return sql`${column('u', key.column)} as id, ${column('u', email)} as email, ${column('u', firstName)} as firstName,
    ${column('u', lastName)} as lastName, ${column('u', fullName)} as fullName, ${column('u', phone)} as phone, ${column('u', createdAt)} as createdAt,
    ${column('u', status?.column)} as userStatus, ${column('c', credentials.userId)} as credentialOf,
    ${column('c', credentials.status?.column)} as credentialStatus`;
}

const accountsOf = ({ users, credentials }: SchemaMap, people: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${people} as u left join ${sql.table(credentials.table)} as c
    on ${sql.ref(`c.${credentials.userId}`)} = ${sql.ref(`u.${users.key.column}`)}`;

/**
 * The hash as it is judged. The expression puts a salt that has a column of its own behind a bare digest, which has none of these signs.
 * Every other format stays as it is, above all the Argon2id hashes that this software writes.
 */
export function theirHash({ passwordHash, recipes }: CredentialsMap): RawBuilder<unknown> {
  const hash = column('c', passwordHash);
  const salt = recipes.map((recipe) => (recipe.salt !== null && 'column' in recipe.salt ? recipe.salt.column : null)).find(Boolean);
  if (!salt) return hash;
  return sql`case when ${hash} like '%$%' or ${hash} like '!%' or ${hash} like '{%' then ${hash}
    else concat(${hash}, ':', coalesce(${column('c', salt)}, '')) end`;
}

const column = (alias: 'u' | 'c', name: string | null | undefined): RawBuilder<unknown> => (name ? sql.ref(`${alias}.${name}`) : sql`null`);

/** Whether a stored value is in a list of the mapping. A number is the same as its digits, since drivers return either. */
export function isOneOf(list: readonly (Constant | null)[], stored: StoredConstant): boolean {
  const value = stored instanceof Uint8Array ? stored.reduce((number, byte) => number * 256 + byte, 0) : stored;
  return list.some((entry) => (entry === null || value === null ? entry === value : String(entry) === String(value)));
}

const isActive = (status: StatusMap | null, value: StoredConstant): boolean => status === null || isOneOf(status.active, value);
