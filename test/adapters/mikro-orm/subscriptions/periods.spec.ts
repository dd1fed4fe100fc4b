import { join } from 'node:path';
import { expect } from 'chai';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { userId } from '../../../../core/domain/ids.js';
import { currentSubscription } from '../../../../core/domain/subscriptions/subscription.js';
import { CheckSchema } from '../../../../core/usecases/operations/check-schema.js';
import { openByFile, openByUrl } from '../../../contracts/support/open-test-database.js';
import { sqliteQuery } from '../../../contracts/support/sqlite-harness.js';
import { hasherOfAllFormats } from '../../../support/foreign-hashes/hasher-of-all-formats.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import { temporaryTree } from '../../../support/temporary-tree.js';

const now = Date.UTC(2026, 5, 1);

/** A period as it is stored, and what it is on the first of June 2026. */
type PeriodCase = readonly [startsAt: string | number | null, endsAt: string | number | null, status: string];

const sound: readonly PeriodCase[] = [
  ['2026-01-01', null, 'active'],
  ['2026-01-01', '2026-06-01', 'active'],
  ['2026-01-01', '2026-05-31', 'expired'],
];

const unreadable: readonly PeriodCase[] = [
  ['2026-01-01', '0000-00-00', 'expired'],
  ['2026-01-01', '2027-02-00', 'expired'],
  ['2026-01-01', '2027-00-01', 'expired'],
  ['2026-01-01', '2027-02-30', 'expired'],
  ['0000-00-00', '2027-01-01', 'expired'],
  ['0000-00-00', null, 'expired'],
];

const timed: readonly PeriodCase[] = [
  ['2026-01-01 00:00:00', '2026-06-01 00:00:00', 'active'],
  ['2026-01-01 00:00:00', '2026-05-31 23:59:59', 'expired'],
  ['2026-06-01 00:00:00', '2027-06-01 00:00:00', 'active'],
];

const timedUnreadable: readonly PeriodCase[] = [
  ['2026-01-01 00:00:00', '0000-00-00 00:00:00', 'expired'],
  ['2026-01-01 00:00:00', '2027-02-30 10:00:00', 'expired'],
];

/** What a file's columns hold besides: they take any value. */
const texts: readonly PeriodCase[] = [
  ['2026-01-01', '2026-12-31T23:59:59+00:00', 'active'],
  ['2026-01-01', '2026-06-01T01:59:59.999+02:00', 'expired'],
  ['2026-01-01T00:00', '2026-12-31 12:00:00.123456Z', 'active'],
];

const unreadableTexts: readonly PeriodCase[] = [
  ['2026-01-01', 'never', 'expired'],
  ['2026-01-01', '', 'expired'],
  ['2026-01-01', '31/12/2026', 'expired'],
  ['2026-01-01', '2026-12-31 25:00:00', 'expired'],
  ['2026-01-01', '12026-12-31', 'expired'],
  ['2026-01-01', Number.POSITIVE_INFINITY, 'expired'],
  ['soon', '2026-12-31', 'expired'],
];

describe('A time of a subscription that cannot be read', () => {
  it('in a DATE or DATETIME of a server never opens anything, and db check counts the rows', async () => {
    await using test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema({ rows: false });
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const add = async (cases: readonly PeriodCase[]) => {
      const dates = await looseDates(() => test.query('select @@global.sql_mode as mode') as Promise<{ mode: string }[]>, test.query);
      try {
        await addAccounts(test.query, cases, '?');
      } finally {
        await dates();
      }
    };
    await add([...sound, ...unreadable]);
    await expectJudged(database, [...sound, ...unreadable]);
    expect(await countOf(database)).to.equal(unreadable.length);
    await test.query('delete from abonnement');
    await test.query('delete from users');
    await test.query('alter table abonnement modify date_debut datetime not null, modify date_fin datetime null');
    await add([...timed, ...timedUnreadable]);
    await expectJudged(database, [...timed, ...timedUnreadable]);
    expect(await countOf(database)).to.equal(timedUnreadable.length);
  });

  it('in a column of a file never opens anything, and db check counts the rows', async () => {
    using folder = temporaryTree({});
    const file = join(folder.root, 'test.db');
    await using database = await openByFile(file, {});
    await database.migrations.up();
    const cases = [...sound, ...timed, ...texts, ...unreadable, ...timedUnreadable, ...unreadableTexts];
    await addAccounts(sqliteQuery(file), cases, '?');
    await expectJudged(database, cases);
    expect(await countOf(database)).to.equal(unreadable.length + timedUnreadable.length + unreadableTexts.length);
  });
});

type Run = (sql: string, params?: unknown[]) => Promise<unknown[]>;

/** Lets a server take any date, as one without strict modes does; returns what takes it back. */
async function looseDates(ask: () => Promise<{ mode: string }[]>, run: Run): Promise<() => Promise<unknown>> {
  const [before] = await ask();
  await run("set global sql_mode = 'ALLOW_INVALID_DATES'");
  return () => run('set global sql_mode = ?', [before?.mode ?? '']);
}

async function addAccounts(run: Run, cases: readonly PeriodCase[], place: string): Promise<void> {
  for (const [index, [startsAt, endsAt]] of cases.entries()) {
    await run(`insert into users (id, email, prenom, nom) values (${index + 1}, 'p${index}@example.org', '', '')`);
    await run(`insert into abonnement (user_id, formule, date_debut, date_fin) values (${index + 1}, 'x', ${place}, ${place})`, [
      startsAt,
      endsAt,
    ]);
  }
}

/** Alike on both ways by which a period is read. */
async function expectJudged({ stores }: Database, cases: readonly PeriodCase[]): Promise<void> {
  const ids = cases.map((_, index) => userId(index + 1));
  const many = await stores.subscriptions.periodsOfMany(ids);
  const one = await Promise.all(ids.map((id) => stores.users.findSubscribed(id)));
  const alone = [];
  for (const id of ids) alone.push(await stores.users.findSubscribed(id));
  const judged = (periods: Parameters<typeof currentSubscription>[0]) => {
    const subscription = currentSubscription(periods, now);
    if (subscription !== null) for (const at of [subscription.startsAt, subscription.endsAt ?? 0]) new Date(at).toISOString();
    return subscription?.status;
  };
  const expected = cases.map(([startsAt, endsAt, status]) => `${startsAt} to ${endsAt}: ${status}`);
  const said = (statuses: readonly (string | undefined)[]) =>
    cases.map(([startsAt, endsAt], index) => `${startsAt} to ${endsAt}: ${statuses[index]}`);
  expect(said(ids.map((id) => judged(many.get(id) ?? [])))).to.deep.equal(expected);
  expect(said(one.map((user) => judged(user?.periods ?? [])))).to.deep.equal(expected);
  expect(said(alone.map((user) => judged(user?.periods ?? [])))).to.deep.equal(expected);
}

async function countOf({ existingSchema, clock }: Database): Promise<number | null> {
  const report = await new CheckSchema({ existingSchema, clock, hasher: hasherOfAllFormats() }).execute({ accept: false });
  return report.findings.find(({ code }) => code === 'period_unreadable')?.count ?? null;
}
