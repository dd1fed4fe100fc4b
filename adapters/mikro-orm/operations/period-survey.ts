import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../own-entities.js';
import type { SubscriptionsMap } from '../schema-map/schema-map.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { isReadablePeriod } from '../subscriptions/subscription-period.js';

export interface PeriodSurveyOptions {
  readonly db: Db;
  readonly kind: SqlFlavour['kind'];
}

interface PeriodGroup {
  readonly startsAt: unknown;
  readonly endsAt: unknown;
  readonly count: unknown;
}

/** Counts the rows with a time that cannot be read. The database finds candidates, which are then read as for a request. */
export async function countUnreadablePeriods(
  { table, startsAt, endsAt }: SubscriptionsMap,
  { db, kind }: PeriodSurveyOptions,
): Promise<number> {
  const [start, end] = [sql.ref(startsAt), endsAt === null ? sql`null` : sql.ref(endsAt)];
  const isOdd = oddities[kind];
  const { rows } = await sql<PeriodGroup>`
    select ${start} as startsAt, ${end} as endsAt, count(*) as count from ${sql.table(table)}
    where ${isOdd(start)} or ${isOdd(end)} group by ${start}, ${end}`.execute(db);
  return rows.filter((row) => !isReadablePeriod(row)).reduce((sum, { count }) => sum + Number(count), 0);
}

/** Expressions that are true for every value that is not a time, and may be true for others. */
const oddities: Readonly<Record<SqlFlavour['kind'], (time: RawBuilder<unknown>) => RawBuilder<unknown>>> = {
  mysql: (time) => sql`(month(${time}) = 0 or dayofmonth(${time}) = 0 or dayofmonth(${time}) > coalesce(dayofmonth(last_day(${time})), 0))`,
  sqlite: (time) => sql`(${time} is not null and coalesce(date(${time}) <> substr(${time}, 1, 10), 1))`,
};
