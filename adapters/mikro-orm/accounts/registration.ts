import { sql } from 'kysely';
import { type EmailAddress, emailForms, visibleEmail } from '../../../core/domain/accounts/email-address.js';
import type { NewUser } from '../../../core/domain/accounts/user.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { Db } from '../own-entities.js';
import { idOf, type KeyValue, keyValue } from '../schema-map/user-key.js';
import { insertInto } from '../sql/row-sql.js';
import type { StoreTools } from '../store-tools.js';
import type { AddressRow } from './account-statements.js';
import { newUserRow } from './new-user-row.js';
import { isRowRefusal, refusedFields, violationOf } from './table-refusal.js';
import { userField } from './user-fields.js';

/** A row of `auth_email_claims`: the id is empty where no account has the address. */
interface Claim {
  readonly email: string;
  readonly user_id: string;
}

/**
 * Adds one account. First it takes the claim on the address, a row whose key is the canonical spelling: a concurrent registration waits
 * there until the first one commits or rolls back. All of it is in one transaction.
 */
export class Registration {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  /** Returns the new row's key; null when the address is taken, and then nothing was written. */
  async insert(user: NewUser): Promise<KeyValue | null> {
    const claims = await this.#claim(emailForms(user.email));
    if (await this.#isTaken(user.email, claims)) return this.#giveUp(claims);
    const key = await this.#insertRow(user);
    if (key === null) return this.#giveUp(claims);
    await this.#tools.db
      .updateTable('auth_email_claims')
      .set({ user_id: idOf(key, this.#tools.existing.map.users.key) })
      .where('email', 'in', emailForms(user.email))
      .execute();
    return key;
  }

  /**
   * Inserts and locks the claims, always in the same order, so that two registrations do not deadlock; returns their previous owners. An
   * earlier version claims an internationalized domain as it was typed: so each of its forms is claimed.
   */
  async #claim(forms: readonly string[]): Promise<readonly Claim[]> {
    const { db, flavour } = this.#tools;
    for (const email of forms.toSorted()) {
      const untouched = flavour.onDuplicateSet('email', { email });
      await sql`insert into auth_email_claims (email, user_id) values (${email}, '') ${untouched}`.execute(db);
    }
    return await db.selectFrom('auth_email_claims').select(['email', 'user_id']).where('email', 'in', forms).execute();
  }

  /** A claim alone blocks no registration: another application may have deleted its account or changed the address. */
  async #isTaken(email: EmailAddress, claims: readonly Claim[]): Promise<boolean> {
    const { db, existing, flavour, statements } = this.#tools;
    const { users } = existing.map;
    const claimants = claims.map((claim) => keyValue(claim.user_id as UserId, users.key)); // the claim stores a key as `userId` returns it
    const areClaimants = claimants.flatMap((claimant) => (claimant === null ? [] : [sql` or ${existing.hasKey(claimant)}`]));
    const isOrdinary = areClaimants.length === 0 && existing.address.isOrdinary(email);
    const { rows } = isOrdinary
      ? await statements.findAllAddresses.run(db, [
          ...existing.address.parameters(email),
          ...existing.address.unseenParameters(email, flavour.kind),
        ])
      : await sql<AddressRow>`
          select ${sql.ref(`u.${users.email}`)} as email from ${sql.table(users.table)} as u where ${existing.mayHaveEmail(email)}
          or ${existing.address.mayBeBehindUnseen(email, flavour.kind)}${sql.join(areClaimants, sql``)}`.execute(db);
    return rows.some((row) => visibleEmail(row.email) === email);
  }

  async #giveUp(claims: readonly Claim[]): Promise<null> {
    const unowned = claims.filter((claim) => claim.user_id === '').map(({ email }) => email);
    if (unowned.length > 0) await this.#tools.db.deleteFrom('auth_email_claims').where('email', 'in', unowned).execute();
    return null;
  }

  /** Returns null when another application has just given the address to an account. */
  async #insertRow(user: NewUser): Promise<KeyValue | null> {
    const { db, existing } = this.#tools;
    const { users } = existing.map;
    const row = newUserRow(existing, user);
    if (existing.makesShortUuids) row[users.key.column] = await shortUuid(db);
    try {
      const { insertId } = await insertInto(users.table, row).execute(db);
      return row[users.key.column] ?? numberedKey(insertId);
    } catch (error) {
      if (!isRowRefusal(error)) throw error;
      const fieldOf = (column: string) => userField(users, user, column);
      const fields = await refusedFields(this.#tools, { table: users.table, row, fieldOf }, error);
      if (error.kind === 'duplicate' && fields.includes('email')) return null;
      throw violationOf(error, fields);
    }
  }
}

/** A counter never counts below zero: the driver reads numbers of 2^63 and above as negative. */
const numberedKey = (insertId: bigint | undefined): bigint | null => (insertId === undefined ? null : BigInt.asUintN(64, insertId));

async function shortUuid(db: Db): Promise<bigint> {
  const { rows } = await sql<{ key: string | number }>`select uuid_short() as ${sql.ref('key')}`.execute(db);
  return BigInt(rows[0]?.key ?? 0);
}
