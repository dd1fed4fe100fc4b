import { sql } from 'kysely';
import { canonicalEmail, type EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import type { DemoAccount, DemoAccounts, DemoAddresses } from '../../../core/ports/accounts/demo-accounts.js';
import type { SubscriptionsMap } from '../schema-map/schema-map.js';
import { type KeyValue, keyValue, idOf as userIdOf } from '../schema-map/user-key.js';
import { type ColumnValue, insertAllInto } from '../sql/row-sql.js';
import { toDatetime } from '../sql/stored-time.js';
import { atomically } from '../sql/transaction.js';
import type { StoreTools } from '../store-tools.js';
import { CredentialWriter } from './credential-writer.js';
import { EmailClaims } from './email-claims.js';
import { newUserRow } from './new-user-row.js';

type Ids = ReadonlyMap<EmailAddress, UserId>;

/** Writes many accounts with a few statements: users, claims on their addresses, credentials, subscriptions. */
export class MikroOrmDemoAccounts implements DemoAccounts {
  readonly #tools: StoreTools;

  constructor(tools: StoreTools) {
    this.#tools = tools;
  }

  async hasOthers({ emails, domain }: DemoAddresses): Promise<boolean> {
    const { db, existing } = this.#tools;
    const { table, email: column } = existing.map.users;
    const email = sql`lower(${sql.ref(`u.${column}`)})`;
    const { rows } = await sql`select 1 from ${sql.table(table)} as u
      where ${email} not in (${sql.join(emails)}) and ${email} not like ${`%@${domain}`} limit 1`.execute(db);
    return rows.length > 0;
  }

  add(accounts: readonly DemoAccount[]): Promise<Ids> {
    return atomically(this.#tools, (tools) => new MikroOrmDemoAccounts(tools).#add(accounts));
  }

  async #add(accounts: readonly DemoAccount[]): Promise<Ids> {
    if (accounts.length === 0) return new Map();
    const { db, existing, flavour } = this.#tools;
    const claims = new EmailClaims({ db, flavour });
    await claims.take(accounts.map((account) => account.email));
    const taken = await this.#ids(accounts.map((account) => account.email));
    const missing = accounts.filter((account) => !taken.has(account.email));
    const rows = missing.map((account) => newUserRow(existing, account));
    if (rows.length > 0) await insertAllInto(existing.map.users.table, rows).execute(db);
    const added = rows.length > 0 ? await this.#ids(missing.map((account) => account.email)) : new Map();
    await claims.settle(new Map([...taken, ...added]));
    if (added.size === 0) return added;
    await this.#addCredentials(missing, added);
    await this.#addPeriods(missing, added);
    return added;
  }

  /** Returns the ids of the accounts with these addresses, as far as there are any. */
  async #ids(emails: readonly EmailAddress[]): Promise<Ids> {
    const { db, existing } = this.#tools;
    const { table, key, email } = existing.map.users;
    const { rows } = await sql<{ id: KeyValue; email: string }>`
      select ${sql.ref(`u.${key.column}`)} as id, ${sql.ref(`u.${email}`)} as email from ${sql.table(table)} as u
      where ${existing.mayHaveEmail(...emails)}`.execute(db);
    return new Map(rows.map((row) => [canonicalEmail(row.email), userIdOf(row.id, key)]));
  }

  async #addCredentials(accounts: readonly DemoAccount[], ids: Ids): Promise<void> {
    const { db, existing, clock, credentialTarget } = this.#tools;
    const { users, credentials } = existing.map;
    if (credentialTarget === 'overlay' || credentials.kind === 'users_table') {
      const writer = new CredentialWriter(this.#tools);
      for (const account of accounts) await writer.add(idOf(account, ids), account.passwordHash);
      return;
    }
    const rows = accounts.map((account) => ({
      ...existing.newRowDefaults(credentials, clock.now()),
      [credentials.userId]: keyValue(idOf(account, ids), users.key),
      [credentials.passwordHash]: account.passwordHash,
    }));
    await insertAllInto(credentials.table, rows).execute(db);
  }

  async #addPeriods(accounts: readonly DemoAccount[], ids: Ids): Promise<void> {
    const { db, existing } = this.#tools;
    const { users, subscriptions } = existing.map;
    if (subscriptions === null) return;
    const rows = accounts.flatMap((account) => {
      const key = keyValue(idOf(account, ids), users.key);
      return account.periods.map((period) => ({ [subscriptions.userId]: key, ...periodRow(subscriptions, period) }));
    });
    if (rows.length > 0) await insertAllInto(subscriptions.table, rows).execute(db);
  }
}

function idOf({ email }: DemoAccount, ids: Ids): UserId {
  const id = ids.get(email);
  if (id === undefined) throw new Error('the users table does not show a row that was just inserted');
  return id;
}

function periodRow(map: SubscriptionsMap, { plan, startsAt, endsAt, standing }: SubscriptionPeriod): Record<string, ColumnValue> {
  const day = (instant: number) => toDatetime(instant).slice(0, 10);
  return {
    [map.plan]: plan,
    [map.startsAt]: day(startsAt),
    ...(map.endsAt !== null && { [map.endsAt]: endsAt === null ? null : day(endsAt) }),
    ...(map.standing !== null && { [map.standing.column]: map.standing[standing][0] ?? null }),
  };
}
