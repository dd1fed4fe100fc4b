import { sql } from 'kysely';
import type { EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { UserId } from '../../../core/domain/ids.js';
import { insertAllInto } from '../sql/row-sql.js';
import { updateRows } from '../sql/update-rows.js';
import type { StoreTools } from '../store-tools.js';

/** Claims on many addresses, within one transaction. */
export class EmailClaims {
  readonly #tools: Pick<StoreTools, 'db' | 'flavour'>;

  constructor(tools: Pick<StoreTools, 'db' | 'flavour'>) {
    this.#tools = tools;
  }

  /**
   * Inserts and locks the claims; a concurrent transaction waits for the same address. The order is always the same, so that two
   * transactions with the same addresses do not deadlock.
   */
  async take(emails: readonly EmailAddress[]): Promise<void> {
    const { db, flavour } = this.#tools;
    const rows = emails.toSorted().map((email) => ({ email, user_id: '' }));
    const untouched = flavour.kind === 'mysql' ? sql`on duplicate key update email = email` : sql`on conflict (email) do nothing`;
    await sql`${insertAllInto('auth_email_claims', rows)} ${untouched}`.execute(db);
  }

  /** Writes the owners of the claims. */
  async settle(owners: ReadonlyMap<EmailAddress, UserId>): Promise<void> {
    const rows = [...owners].map(([email, id]) => [email, { user_id: id }] as const);
    await updateRows({ table: 'auth_email_claims', key: 'email', rows }).execute(this.#tools.db);
  }
}
