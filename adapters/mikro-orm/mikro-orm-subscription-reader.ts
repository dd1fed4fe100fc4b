import { sql } from 'kysely';
import { type UserId, userId } from '../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../core/domain/subscription.js';
import type { SubscriptionReader } from '../../core/ports/subscription-reader.js';
import type { StandingMap } from './schema-map/schema-map.js';
import { isOneOf, type StoredConstant } from './schema-map/stored-constant.js';
import { keyValue } from './schema-map/user-key.js';
import { fromStoredEnd, fromStoredTime } from './sql/stored-time.js';
import type { StoreTools } from './store-tools.js';

interface PeriodRow {
  readonly owner: string | number | bigint;
  readonly plan: string;
  readonly startsAt: unknown;
  readonly endsAt: unknown;
  readonly standing: StoredConstant;
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
    const { table, userId: owner, plan, startsAt, endsAt, standing } = subscriptions;
    const { rows } = await sql<PeriodRow>`
      select ${sql.ref(owner)} as owner, ${sql.ref(plan)} as plan, ${sql.ref(startsAt)} as startsAt,
        ${endsAt ? sql.ref(endsAt) : sql`null`} as endsAt, ${standing ? sql.ref(standing.column) : sql`null`} as standing
      from ${sql.table(table)} where ${sql.ref(owner)} in (${sql.join(keys)})`.execute(db);
    return grouped(rows, standing);
  }
}

function grouped(rows: readonly PeriodRow[], standing: StandingMap | null): ReadonlyMap<UserId, readonly SubscriptionPeriod[]> {
  const groups = new Map<UserId, SubscriptionPeriod[]>();
  for (const row of rows) {
    const owner = userId(row.owner);
    groups.set(owner, [...(groups.get(owner) ?? []), periodOf(row, standing)]);
  }
  return groups;
}

function periodOf(row: PeriodRow, standing: StandingMap | null): SubscriptionPeriod {
  return {
    plan: row.plan,
    startsAt: fromStoredTime(row.startsAt) ?? 0,
    endsAt: fromStoredEnd(row.endsAt),
    standing: standing === null ? 'good' : standingOf(row.standing, standing),
  };
}

function standingOf(value: StoredConstant, { good, cancelled }: StandingMap): SubscriptionPeriod['standing'] {
  if (isOneOf(good, value)) return 'good';
  return isOneOf(cancelled, value) ? 'cancelled' : 'unpaid';
}
