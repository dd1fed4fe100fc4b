import { type RawBuilder, sql } from 'kysely';
import type { SubscriptionPeriod } from '../../../core/domain/subscription.js';
import type { SchemaMap, StandingMap } from '../schema-map/schema-map.js';
import { isOneOf, type StoredConstant } from '../schema-map/stored-constant.js';
import { fromStoredEnd, fromStoredTime } from '../sql/stored-time.js';

/** One period as `periodColumns` reads it. */
export interface PeriodRow {
  readonly plan: string;
  readonly startsAt: unknown;
  readonly endsAt: unknown;
  readonly standing: StoredConstant;
}

/** For the list of a SELECT from the subscriptions table as `s`. */
export function periodColumns({ plan, startsAt, endsAt, standing }: NonNullable<SchemaMap['subscriptions']>): RawBuilder<PeriodRow> {
  return sql`${column(plan)} as plan, ${column(startsAt)} as startsAt, ${column(endsAt)} as endsAt, ${column(standing?.column)} as standing`;
}

export function periodOf(row: PeriodRow, standing: StandingMap | null): SubscriptionPeriod {
  return {
    plan: row.plan,
    startsAt: fromStoredTime(row.startsAt) ?? 0,
    endsAt: fromStoredEnd(row.endsAt),
    standing: standing === null ? 'good' : standingOf(row.standing, standing),
  };
}

const column = (name: string | null | undefined): RawBuilder<unknown> => (name ? sql.ref(`s.${name}`) : sql`null`);

function standingOf(value: StoredConstant, { good, cancelled }: StandingMap): SubscriptionPeriod['standing'] {
  if (isOneOf(good, value)) return 'good';
  return isOneOf(cancelled, value) ? 'cancelled' : 'unpaid';
}
