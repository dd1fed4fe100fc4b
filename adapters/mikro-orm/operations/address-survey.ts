import { type RawBuilder, sql } from 'kysely';
import { canonicalEmail, type EmailAddress, parseEmail } from '../../../core/domain/accounts/email-address.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { Counted, SurveyedAddresses } from '../../../core/ports/operations/existing-schema.js';
import type { Db } from '../own-entities.js';
import type { ExistingTables } from '../schema-map/existing-tables.js';
import { idOf, type KeyValue, parameterOf } from '../schema-map/user-key.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { isActiveAccount } from './is-active-account.js';
import { hasOddSpelling, isOddSpelling } from './odd-spellings.js';

export interface AddressSurveyOptions {
  readonly db: Db;
  readonly kind: SqlFlavour['kind'];
  readonly existing: ExistingTables;
}

interface SurveyedAddress {
  readonly id: KeyValue;
  readonly email: string;
  readonly isActive: number | bigint | string;
}

/** An account with this address that can log in. */
interface Owner {
  readonly id: UserId;
  readonly isOdd: boolean;
}

const batchSize = 100;
const sampleSize = 5;

/**
 * Finds addresses of several active accounts, and addresses that no login finds. The database compares plain spellings. Each odd spelling
 * is looked up as a login does it, so that the report agrees with logins.
 */
export class AddressSurvey {
  readonly #options: AddressSurveyOptions;

  constructor(options: AddressSurveyOptions) {
    this.#options = options;
  }

  async read(): Promise<SurveyedAddresses> {
    const { key } = this.#options.existing.map.users;
    const plain = await this.#sharedPlain();
    let [shared, outOfReach] = [plain.count, 0];
    const sharing = new Set(plain.ids);
    const unreached: UserId[] = [];
    for (let rows = await this.#odd(null); rows.length > 0; rows = await this.#odd(rows.at(-1)?.id ?? null)) {
      const found = await this.#lookUp(rows.map(({ email }) => canonicalEmail(email)));
      for (const row of rows) {
        const id = idOf(row.id, key);
        const accounts = (found.get(canonicalEmail(row.email)) ?? []).map((account) => ({ ...account, id: idOf(account.id, key) }));
        if (parseEmail(row.email) !== null && accounts.every((account) => account.id !== id)) {
          outOfReach += 1;
          if (unreached.length < sampleSize) unreached.push(id);
        }
        const owners = accounts.filter(isActive).map((account) => ({ id: account.id, isOdd: isOddSpelling(account.email) }));
        const added = isFirstOdd(id, owners) ? addedBy(owners) : 0;
        shared += added;
        if (added > 0 && sharing.size < sampleSize) for (const owner of owners) sharing.add(owner.id);
      }
    }
    return {
      shared: { count: shared, ids: [...sharing].slice(0, sampleSize) },
      outOfReach: { count: outOfReach, ids: unreached },
    };
  }

  /** Compares the bytes, independent of a collation. */
  async #sharedPlain(): Promise<Counted> {
    const { db, kind, existing } = this.#options;
    const { table, email, key } = existing.map.users;
    const [stored, id] = [sql.ref(`u.${email}`), sql.ref(`u.${key.column}`)];
    const address = sql`lower(trim(${stored}))`;
    const compared = kind === 'mysql' ? sql`convert(${address} using utf8mb4) collate utf8mb4_bin` : address;
    const groups = sql`select count(*) as accounts, min(${id}) as lowest, max(${id}) as highest from ${sql.table(table)} as u
      where ${stored} <> '' and not (${hasOddSpelling(kind, stored)}) and ${isActiveAccount(existing.map)}
      group by ${compared} having count(*) > 1`;
    const { rows } = await sql<{ count: unknown }>`select sum(accounts) as count from (${groups}) as shared`.execute(db);
    const count = Number(rows[0]?.count ?? 0);
    if (count === 0) return { count, ids: [] };
    const samples = await sql<{ lowest: KeyValue; highest: KeyValue }>`${groups} limit ${sql.lit(sampleSize)}`.execute(db);
    return { count, ids: samples.rows.flatMap(({ lowest, highest }) => [idOf(lowest, key), idOf(highest, key)]).slice(0, sampleSize) };
  }

  async #odd(after: KeyValue | null): Promise<readonly SurveyedAddress[]> {
    const { kind, existing } = this.#options;
    const { email, key } = existing.map.users;
    const id = sql.ref(`u.${key.column}`);
    const following = after === null ? sql`` : sql`and ${id} > ${parameterOf(after, key)}`;
    return await this.#rows(sql`${hasOddSpelling(kind, sql.ref(`u.${email}`))} ${following} order by ${id} limit ${sql.lit(batchSize)}`);
  }

  async #lookUp(emails: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, readonly SurveyedAddress[]>> {
    const rows = await this.#rows(this.#options.existing.mayHaveEmail(...new Set(emails)));
    return Map.groupBy(rows, (row) => canonicalEmail(row.email));
  }

  async #rows(condition: RawBuilder<unknown>): Promise<readonly SurveyedAddress[]> {
    const { db, existing } = this.#options;
    const { table, email, key } = existing.map.users;
    const { rows } = await sql<SurveyedAddress>`select ${sql.ref(`u.${key.column}`)} as id, ${sql.ref(`u.${email}`)} as email,
      ${isActiveAccount(existing.map)} as isActive from ${sql.table(table)} as u where ${condition}`.execute(db);
    return rows;
  }
}

const isActive = ({ isActive: flag }: Pick<SurveyedAddress, 'isActive'>): boolean => Number(flag) === 1;

/** The first account of each group represents it, so that a group with several odd spellings is counted once. */
const isFirstOdd = (id: UserId, owners: readonly Owner[]): boolean =>
  owners
    .filter(({ isOdd }) => isOdd)
    .map((owner) => owner.id)
    .toSorted()[0] === id;

/** Accounts that share an address, without those that were already counted by their plain spellings. */
function addedBy(owners: readonly Owner[]): number {
  if (owners.length < 2) return 0;
  const plain = owners.filter(({ isOdd }) => !isOdd).length;
  return owners.length - (plain > 1 ? plain : 0);
}
