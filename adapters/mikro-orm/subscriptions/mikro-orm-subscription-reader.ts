import { sql } from 'kysely';
import type { UserId } from '../../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import type { SubscriptionReader } from '../../../core/ports/subscriptions/subscription-reader.js';
import type { SchemaMap } from '../schema-map/schema-map.js';
import { idOf, type KeyValue, keyValue } from '../schema-map/user-key.js';
import type { StoreTools } from '../store-tools.js';
import { type PeriodRow, periodColumns, periodOf } from './subscription-period.js';

interface OwnedPeriodRow extends PeriodRow {
  readonly owner: KeyValue;
}

/** The existing subscriptions table. */
export class MikroOrmSubscriptionReader implements SubscriptionReader {
  readonly #tools: Pick<StoreTools, 'db' | 'existing'>;

  constructor(tools: Pick<StoreTools, 'db' | 'existing'>) {
    this.#tools = tools;
  }

  async periodsOf(id: UserId): Promise<readonly SubscriptionPeriod[]> {
    return (await this.periodsOfMany([id])).get(id) ?? [];
  }

  async periodsOfMany(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, readonly SubscriptionPeriod[]>> {
    const { db, existing } = this.#tools;
    const { users, subscriptions } = existing.map;
    const keys = ids.map((id) => keyValue(id, users.key)).filter((key) => key !== null);
    if (subscriptions === null || keys.length === 0) return new Map();
    const owner = sql.ref(`s.${subscriptions.userId}`);
    const { rows } = await sql<OwnedPeriodRow>`
      select ${owner} as owner, ${periodColumns(subscriptions)}
      from ${sql.table(subscriptions.table)} as s where ${owner} in (${sql.join(keys)})`.execute(db);
    return grouped(rows, existing.map);
  }
}

function grouped(rows: readonly OwnedPeriodRow[], { users, subscriptions }: SchemaMap): ReadonlyMap<UserId, readonly SubscriptionPeriod[]> {
  const groups = new Map<UserId, SubscriptionPeriod[]>();
  for (const row of rows) {
    const owner = idOf(row.owner, users.key);
    groups.set(owner, [...(groups.get(owner) ?? []), periodOf(row, subscriptions?.standing ?? null)]);
  }
  return groups;
}
