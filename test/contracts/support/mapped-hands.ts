import { randomUUID } from 'node:crypto';
import type { SchemaMap } from '../../../adapters/mikro-orm/schema-map/schema-map.js';
import { type UserId, userId } from '../../../core/domain/ids.js';
import type { SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import type { ForeignUser } from '../../kit/contracts/support/store-harness.js';
import type { SchemaMapExample } from '../../support/schema-map-example.js';
import { type Hands, type Query, readAudit } from './existing-hands.js';

type Row = Readonly<Record<string, unknown>>;

const stored = '2020-02-29 12:34:56';

/** What the other applications do to tables of any shape, in plain SQL that every database takes. */
export function mappedHands(query: Query, { map, tables }: SchemaMapExample): Hands {
  const timeLength = tables.at(-1)?.includes('DATETIME(3)') ? 23 : 10;
  const { users, credentials, subscriptions } = map;
  const set = (table: string, column: string, key: string, value: unknown, id: UserId) =>
    query(`update ${quoted(table)} set ${quoted(column)} = ? where ${quoted(key)} = ?`, [value, id]);
  return {
    addUser: (user) => addUser(query, map, user),
    deleteUser: async (id) => {
      if (subscriptions) await query(`delete from ${quoted(subscriptions.table)} where ${quoted(subscriptions.userId)} = ?`, [id]);
      await query(`delete from ${quoted(credentials.table)} where ${quoted(credentials.userId)} = ?`, [id]);
      await query(`delete from ${quoted(users.table)} where ${quoted(users.key.column)} = ?`, [id]);
    },
    setForeignEmail: async (id, email) => void (await set(users.table, users.email, users.key.column, email, id)),
    setForeignHash: async (id, hash) => void (await set(credentials.table, credentials.passwordHash, credentials.userId, hash, id)),
    addPeriod: async (id, period) => addPeriod(query, map, id, period, timeLength),
    auditRows: () => readAudit(query),
  };
}

/** A name in backticks, which SQLite takes too. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

async function addUser(query: Query, { users, credentials }: SchemaMap, user: ForeignUser): Promise<UserId> {
  const { email, firstName = 'Jean', lastName = 'Dupont', phone = null, isEnabled = true, passwordHash = null } = user;
  const { key, name, status } = users;
  const uuid = randomUUID();
  await insert(query, users.table, {
    ...filled(users.fills),
    ...(key.kind !== 'integer' && { [key.column]: uuid }),
    [users.email]: email,
    ...(name.kind === 'one_column' && { [name.fullName]: [firstName, lastName].filter(Boolean).join(' ') }),
    ...(name.kind === 'two_columns' && name.firstName && { [name.firstName]: firstName ?? '' }),
    ...(name.kind === 'two_columns' && name.lastName && { [name.lastName]: lastName ?? '' }),
    ...(users.phone && { [users.phone]: phone ?? '' }),
    ...(users.createdAt && { [users.createdAt]: stored }),
    ...(status && { [status.column]: isEnabled ? status.active[0] : status.disabled }),
    ...(credentials.kind === 'users_table' && { [credentials.passwordHash]: passwordHash ?? '' }),
  });
  const [row] = (await query(
    `select ${quoted(key.column)} as id from ${quoted(users.table)} ${key.kind === 'integer' ? 'order by id desc limit 1' : `where ${quoted(key.column)} = ?`}`,
    key.kind === 'integer' ? [] : [uuid],
  )) as { id: number }[];
  const id = userId(row?.id ?? 0);
  const isBarred = !isEnabled && status === null;
  if (credentials.kind === 'own_table' && (passwordHash !== null || isBarred)) {
    await insert(query, credentials.table, {
      ...filled(credentials.fills),
      [credentials.userId]: id,
      [credentials.passwordHash]: passwordHash,
      ...(credentials.status && { [credentials.status.column]: isBarred ? credentials.status.disabled : credentials.status.active[0] }),
    });
  }
  return id;
}

async function addPeriod(
  query: Query,
  { subscriptions }: SchemaMap,
  id: UserId,
  period: SubscriptionPeriod,
  timeLength: number,
): Promise<void> {
  if (subscriptions === null) throw new Error('there is no table of subscriptions');
  const { table, userId: user, plan, startsAt, endsAt, standing } = subscriptions;
  const text = (instant: number) => new Date(instant).toISOString().slice(0, 23).replace('T', ' ').slice(0, timeLength);
  await insert(query, table, {
    [user]: id,
    [plan]: period.plan,
    [startsAt]: text(period.startsAt),
    ...(endsAt && { [endsAt]: period.endsAt === null ? null : text(period.endsAt) }),
    ...(standing && { [standing.column]: standing[period.standing][0] }),
  });
}

const filled = (fills: SchemaMap['users']['fills']): Row =>
  Object.fromEntries(Object.entries(fills).map(([name, fill]) => [name, typeof fill === 'object' && fill !== null ? stored : fill]));

async function insert(query: Query, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row).map(quoted).join(', ');
  const places = Object.keys(row).map(() => '?');
  await query(`insert into ${quoted(table)} (${columns}) values (${places.join(', ')})`, Object.values(row));
}
