import { sql } from 'kysely';
import type { SchemaView, SurveyedAccount, SurveyedAddresses } from '../../../core/ports/operations/existing-schema.js';
import { type BoundHash, hashInForce, overlayColumns, overlayJoin } from '../accounts/password-overlay.js';
import type { Db } from '../own-entities.js';
import { type AccountRow, type ExistingTables, theirHash } from '../schema-map/existing-tables.js';
import type { KeyMap } from '../schema-map/schema-map.js';
import { idOf, type KeyValue, keyValue, parameterOf } from '../schema-map/user-key.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { AddressSurvey } from './address-survey.js';
import { countUnreadablePeriods } from './period-survey.js';

type SurveyRow = Pick<AccountRow, 'id' | 'email' | 'credentialOf'> & BoundHash;

export interface RowSurveyOptions {
  readonly db: Db;
  readonly kind: SqlFlavour['kind'];
  readonly existing: ExistingTables;
  /** Whether this product's overlay table of hashes exists. */
  readonly hasOverlay: boolean;
}

const batchSize = 2000;

/** Surveys rows: counts where the database can count, otherwise reads the accounts in batches. */
export class RowSurvey implements Omit<SchemaView, 'definitionFindings'> {
  readonly #options: RowSurveyOptions;

  constructor(options: RowSurveyOptions) {
    this.#options = options;
  }

  async *accounts(): AsyncGenerator<readonly SurveyedAccount[]> {
    const { key } = this.#options.existing.map.users;
    for (let rows = await this.#batch(null); rows.length > 0; rows = await this.#batch(lastKey(rows, key))) yield accountsOf(rows, key);
  }

  addresses(): Promise<SurveyedAddresses> {
    return new AddressSurvey(this.#options).read();
  }

  async orphans(): Promise<{ readonly credentials: number; readonly subscriptions: number }> {
    const { credentials, subscriptions } = this.#options.existing.map;
    return {
      credentials: credentials.kind === 'own_table' ? await this.#orphansIn(credentials.table, credentials.userId) : 0,
      subscriptions: subscriptions === null ? 0 : await this.#orphansIn(subscriptions.table, subscriptions.userId),
    };
  }

  async unreadablePeriods(): Promise<number> {
    const { subscriptions } = this.#options.existing.map;
    return subscriptions === null ? 0 : await countUnreadablePeriods(subscriptions, this.#options);
  }

  async #batch(after: KeyValue | null): Promise<readonly SurveyRow[]> {
    const { db, existing, hasOverlay } = this.#options;
    const { users, credentials } = existing.map;
    const [column, email] = [sql.ref(`u.${users.key.column}`), sql.ref(`u.${users.email}`)];
    const where = after === null ? sql`` : sql`where ${column} > ${after}`;
    const people = sql`(select ${column}, ${email} from ${sql.table(users.table)} as u ${where} order by ${column} limit ${sql.lit(batchSize)})`;
    const { rows } = await sql<SurveyRow>`
      select ${column} as id, ${email} as email, ${sql.ref(`c.${credentials.userId}`)} as credentialOf,
        ${theirHash(credentials)} as theirHash, ${hasOverlay ? overlayColumns : sql`null as ourHash, null as boundTo`}
      from ${existing.accountsOf(people)} ${hasOverlay ? overlayJoin(existing.map) : sql``} order by ${column}`.execute(db);
    return rows;
  }

  async #orphansIn(table: string, column: string): Promise<number> {
    const { db, existing } = this.#options;
    const { table: users, key } = existing.map.users;
    const { rows } = await sql<{ count: unknown }>`select count(*) as count from ${sql.table(table)} as r where not exists
      (select 1 from ${sql.table(users)} as u where ${sql.ref(`u.${key.column}`)} = ${sql.ref(`r.${column}`)})`.execute(db);
    return Number(rows[0]?.count ?? 0);
  }
}

/** Rows of one account are adjacent. */
function accountsOf(rows: readonly SurveyRow[], key: KeyMap): readonly SurveyedAccount[] {
  const accounts: { id: string; isServed: boolean; email: string | null; hashes: (string | null)[] }[] = [];
  for (const row of rows) {
    const id = idOf(row.id, key);
    const hash = row.credentialOf === null ? null : hashInForce(row);
    const last = accounts.at(-1);
    if (last?.id === id) last.hashes.push(hash);
    else accounts.push({ id, isServed: keyValue(id, key) !== null, email: row.email, hashes: [hash] });
  }
  return accounts;
}

function lastKey(rows: readonly SurveyRow[], key: KeyMap): KeyValue | null {
  const id = rows.at(-1)?.id;
  return id === undefined ? null : parameterOf(id, key);
}
