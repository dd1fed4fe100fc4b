import { sql } from 'kysely';
import type { UserId } from '../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../core/domain/subscription.js';
import type { SubscriptionReader } from '../../core/ports/subscription-reader.js';
import type { Constant, StandingMap } from './schema-map/schema-map.js';
import { keyValue } from './schema-map/user-key.js';
import { fromStoredEnd, fromStoredTime } from './sql/stored-time.js';
import type { StoreTools } from './store-tools.js';

interface PeriodRow {
  readonly plan: string;
  readonly startsAt: unknown;
  readonly endsAt: unknown;
  readonly standing: Constant | null;
}

/** The existing subscriptions table. */
export class MikroOrmSubscriptionReader implements SubscriptionReader {
  readonly #tools: Pick<StoreTools, 'db' | 'existing'>;

  constructor(tools: Pick<StoreTools, 'db' | 'existing'>) {
    this.#tools = tools;
  }

  async periodsOf(id: UserId): Promise<readonly SubscriptionPeriod[]> {
    const { db, existing } = this.#tools;
    const { users, subscriptions } = existing.map;
    const key = keyValue(id, users.key);
    if (subscriptions === null || key === null) return [];
    const { table, userId, plan, startsAt, endsAt, standing } = subscriptions;
    const { rows } = await sql<PeriodRow>`
      select ${sql.ref(plan)} as plan, ${sql.ref(startsAt)} as startsAt, ${endsAt ? sql.ref(endsAt) : sql`null`} as endsAt,
        ${standing ? sql.ref(standing.column) : sql`null`} as standing
      from ${sql.table(table)} where ${sql.ref(userId)} = ${key}`.execute(db);
    return rows.map((row) => periodOf(row, standing));
  }
}

function periodOf(row: PeriodRow, standing: StandingMap | null): SubscriptionPeriod {
  return {
    plan: row.plan,
    startsAt: fromStoredTime(row.startsAt) ?? 0,
    endsAt: fromStoredEnd(row.endsAt),
    standing: standing === null ? 'good' : standingOf(row.standing, standing),
  };
}

function standingOf(value: Constant | null, { good, cancelled }: StandingMap): SubscriptionPeriod['standing'] {
  const isIn = (list: readonly Constant[]) => list.some((entry) => String(entry) === String(value));
  if (isIn(good)) return 'good';
  return isIn(cancelled) ? 'cancelled' : 'unpaid';
}
