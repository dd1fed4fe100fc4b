import { type RawBuilder, sql } from 'kysely';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import { isOneOf, type StoredConstant } from '../schema-map/existing-tables.js';
import type { SchemaMap, StandingMap } from '../schema-map/schema-map.js';
import { readStoredEnd, readStoredTime, unreadable } from '../sql/stored-time.js';

/** One period as `periodColumns` selects it. */
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

/** An end before every start: the end of a period with a time that cannot be read. Such a period grants no access. */
const over = 0;

/** A period without a start has started. A period with a time that cannot be read has ended, since it must grant no access. */
export function periodOf(row: PeriodRow, standing: StandingMap | null): SubscriptionPeriod {
  const startsAt = readStoredTime(row.startsAt);
  const endsAt = readStoredEnd(row.endsAt);
  return {
    plan: row.plan,
    startsAt: startsAt === null || startsAt === unreadable ? 0 : startsAt,
    endsAt: startsAt === unreadable || endsAt === unreadable ? over : endsAt,
    standing: standing === null ? 'good' : standingOf(row.standing, standing),
  };
}

export const isReadablePeriod = ({ startsAt, endsAt }: Pick<PeriodRow, 'startsAt' | 'endsAt'>): boolean =>
  readStoredTime(startsAt) !== unreadable && readStoredEnd(endsAt) !== unreadable;

const column = (name: string | null | undefined): RawBuilder<unknown> => (name ? sql.ref(`s.${name}`) : sql`null`);

function standingOf(value: StoredConstant, { good, cancelled }: StandingMap): SubscriptionPeriod['standing'] {
  if (isOneOf(good, value)) return 'good';
  return isOneOf(cancelled, value) ? 'cancelled' : 'unpaid';
}
