import { sql } from 'kysely';
import type { UserId } from '../../../core/domain/ids.js';
import type { AccountSwitch, UserRepository } from '../../../core/ports/accounts/user-repository.js';
import { type AccountRow, isOneOf, type StoredConstant } from '../schema-map/existing-tables.js';
import type { Constant, StatusMap } from '../schema-map/schema-map.js';
import { isKeyOf, keyValue } from '../schema-map/user-key.js';
import type { StoreTools } from '../store-tools.js';
import { refusalAsViolation } from './table-refusal.js';

/** A status column of one of the two tables, and the value to write. */
interface StatusWrite {
  readonly table: 'users' | 'credentials';
  readonly status: StatusMap;
  readonly value: Constant | null;
}

interface AccountStatusTools extends Pick<StoreTools, 'db' | 'existing' | 'flavour'> {
  /** Reads the written state, in the same transaction. */
  readonly users: Pick<UserRepository, 'find'>;
}

/** Disables and enables accounts, within one transaction. */
export class AccountStatus {
  readonly #tools: AccountStatusTools;

  constructor(tools: AccountStatusTools) {
    this.#tools = tools;
  }

  async set(id: UserId, isEnabled: boolean): Promise<AccountSwitch> {
    const { existing, users } = this.#tools;
    const rows = await this.#hold(id);
    const before = rows.length === 0 ? null : await users.find(id);
    if (before === null) return { kind: 'unknown' };
    if (before.isEnabled === isEnabled) return { kind: 'unchanged', user: before };
    const writes = isEnabled ? rows.flatMap((row) => this.#enabling(row)) : this.#disabling(rows);
    if (writes.length === 0 || writes.includes(null)) return { kind: 'not_ours' };
    for (const write of writes) if (write !== null) await this.#write(id, write);
    const after = await users.find(id);
    if (after?.isEnabled !== isEnabled) throw new Error(`the table ${existing.map.users.table} does not show the status just written`);
    return { kind: 'changed', user: after };
  }

  async #hold(id: UserId): Promise<readonly AccountRow[]> {
    const { db, existing, flavour } = this.#tools;
    const key = keyValue(id, existing.map.users.key);
    if (key === null) return [];
    const { rows } = await sql<AccountRow>`
      select ${existing.accountColumns} from ${existing.accounts} where ${existing.hasKey(key)} ${flavour.forUpdate}`.execute(db);
    return rows.filter((row) => isKeyOf(id, row.id, existing.map.users.key));
  }

  /** Prefers the user's status to the credential's: other applications check the status of the whole account. */
  #disabling(rows: readonly AccountRow[]): readonly (StatusWrite | null)[] {
    const { users, credentials } = this.#tools.existing.map;
    if (users.status?.disabled !== undefined) return [{ table: 'users', status: users.status, value: users.status.disabled }];
    const { status } = credentials;
    if (status?.disabled === undefined || rows.every((row) => row.credentialOf === null)) return [];
    return [{ table: 'credentials', status, value: status.disabled }];
  }

  /** Resets every status that keeps the account closed; null where another application's status value closes it. */
  #enabling({ userStatus, credentialOf, credentialStatus }: AccountRow): readonly (StatusWrite | null)[] {
    const { users, credentials } = this.#tools.existing.map;
    return [
      ...reopening('users', users.status, userStatus),
      ...(credentialOf === null ? [] : reopening('credentials', credentials.status, credentialStatus)),
    ];
  }

  async #write(id: UserId, { table, status, value }: StatusWrite): Promise<void> {
    const { db, existing } = this.#tools;
    const { users, credentials } = existing.map;
    const column = table === 'users' ? users.key.column : credentials.userId;
    const writing = sql`update ${sql.table(existing.map[table].table)} set ${sql.ref(status.column)} = ${value}
      where ${sql.ref(column)} = ${keyValue(id, users.key)}`.execute(db);
    const written = { table: existing.map[table].table, row: { [status.column]: value }, fieldOf: () => null };
    await refusalAsViolation(this.#tools, written, writing);
  }
}

function reopening(table: StatusWrite['table'], status: StatusMap | null, value: StoredConstant): readonly (StatusWrite | null)[] {
  if (status === null || isOneOf(status.active, value)) return [];
  const isOurs = status.disabled !== undefined && isOneOf([status.disabled], value);
  return [isOurs ? { table, status, value: status.active[0] } : null];
}
