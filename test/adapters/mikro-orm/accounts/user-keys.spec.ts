import { join } from 'node:path';
import { expect } from 'chai';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { referenceSchemaMap } from '../../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import type { KeyMap, SchemaMap } from '../../../../adapters/mikro-orm/schema-map/schema-map.js';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import { openByFile, openByUrl } from '../../../contracts/support/open-test-database.js';
import { sqliteQuery } from '../../../contracts/support/sqlite-harness.js';
import { sampleUser, t0 } from '../../../kit/contracts/support/samples.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import { temporaryTree } from '../../../support/temporary-tree.js';

interface KeyCase {
  readonly type: string;
  readonly kind: KeyMap['kind'];
  readonly ids: readonly string[];
}

/** Neighbours that one double stands for, the ends of each type, and texts that are easily taken for others. */
const serverCases: readonly KeyCase[] = [
  {
    type: 'bigint unsigned',
    kind: 'integer',
    ids: [
      '1',
      '9007199254740992',
      '9007199254740993',
      '9223372036854775807',
      '9223372036854775808',
      '18446744073709551000',
      '18446744073709551001',
    ],
  },
  {
    type: 'bigint',
    kind: 'integer',
    ids: ['-9223372036854775808', '-9007199254740993', '-9007199254740992', '-5', '0', '9007199254740993'],
  },
  { type: 'bigint(20) unsigned zerofill', kind: 'integer', ids: ['7', '9007199254740993', '9007199254740994', '18446744073709551000'] },
  { type: 'smallint', kind: 'integer', ids: ['-32768', '-1', '0', '31000'] },
  { type: 'char(36)', kind: 'uuid', ids: ['0190f3c4-7a1b-7c2d-8e3f-0123456789ab', '0190F3C4-7A1B-7C2D-8E3F-0123456789AC'] },
  {
    type: 'varchar(60) character set utf8mb4 collate utf8mb4_bin',
    kind: 'text',
    ids: ['1234567890123456', '1234567890123457', "o'neil\\", 'Zoe', 'zoe', 'Zoé', ' m\u00a0x', '😀', '-1', '{curly}', 'tab\there', '%_'],
  },
];

const sqliteCases: readonly KeyCase[] = [
  {
    type: 'integer',
    kind: 'integer',
    ids: ['-9223372036854775808', '-9223372036854775807', '-5', '0', '9007199254740992', '9007199254740993', '9223372036854775000'],
  },
  { type: 'text', kind: 'text', ids: ['1234567890123456', '1234567890123457', "o'neil\\", 'Zoe', 'zoe', 'a b ', '😀'] },
];

const hash = '$1$WCEGq8rj$W8tZabzT1URw6vr9GhlTN0';
const emailOf = (index: number) => canonicalEmail(`p${index}@example.org`);

/** The reference tables with keys of a type, and a way to them past our code. */
interface KeyTables extends AsyncDisposable {
  readonly query: (sql: string) => Promise<unknown[]>;
  readonly open: (credentialWrites: 'table' | 'overlay') => Promise<Database>;
}

const mapOf = (kind: KeyMap['kind']): SchemaMap => ({
  ...referenceSchemaMap,
  users: { ...referenceSchemaMap.users, key: { column: 'id', kind } },
});

async function onServer({ type, kind }: KeyCase): Promise<KeyTables> {
  const test = await (await sharedDatabaseServer()).createDatabase();
  await test.loadExistingSchema({ rows: false });
  for (const table of ['acces_app', 'abonnement']) {
    await test.query(`alter table ${table} drop foreign key fk_${table}_user, modify user_id ${type} not null`);
  }
  await test.query(`alter table users modify id ${type} not null ${kind === 'integer' ? 'auto_increment' : ''}`);
  return {
    query: (sql) => test.query(sql),
    open: (credentialWrites) => openByUrl(test.url, { schemaMap: mapOf(kind), credentialWrites }),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

async function inFile({ type, kind }: KeyCase): Promise<KeyTables> {
  const folder = temporaryTree({});
  const file = join(folder.root, 'test.db');
  const query = sqliteQuery(file);
  await query(`create table users (id ${type} primary key, email text not null, prenom text not null, nom text not null, telephone text,
    statut text not null default 'actif', date_creation text)`);
  await query(`create table acces_app (id integer primary key, user_id ${type} not null unique, mot_de_passe text not null,
    derniere_connexion text, actif integer not null default 1)`);
  await query(`create table abonnement (id integer primary key, user_id ${type} not null, formule text not null, date_debut text not null,
    date_fin text, statut text not null default 'actif')`);
  return {
    query,
    open: (credentialWrites) => openByFile(file, { schemaMap: mapOf(kind), credentialWrites }),
    [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
  };
}

describe('Keys of the existing tables', () => {
  for (const [place, load, cases] of [
    ['on a server', onServer, serverCases],
    ['in a file', inFile, sqliteCases],
  ] as const) {
    for (const one of cases) {
      it(`of the type ${one.type} ${place} are served exactly: read, written, listed, logged in to and registered`, async () => {
        await using tables = await load(one);
        await using database = await tables.open('table');
        database.assertMapped();
        await database.migrations.up();
        await addPeople(tables, place === 'on a server', one.ids);
        await expectServed(database, tables, one.ids);
        await expectOverlaid(await tables.open('overlay'), one.ids);
        await expectRegistered(database, tables, one);
      });
    }
  }

  it('that are too long to be served have no credential, and neither do empty ones', async () => {
    const ids = ['x'.repeat(192), ''];
    await using tables = await onServer({ type: 'varchar(255) character set latin1', kind: 'text', ids });
    await using database = await tables.open('table');
    await addPeople(tables, true, ids);
    await database.migrations.up();
    for (const index of ids.keys()) expect(await database.stores.credentials.findByEmail(emailOf(index))).to.deep.equal({ kind: 'none' });
  });
});

async function addPeople({ query }: KeyTables, isServer: boolean, ids: readonly string[]): Promise<void> {
  const texts = ids.map((id) => `'${id.replaceAll("'", "''").replaceAll('\\', isServer ? '\\\\' : '\\')}'`);
  const rows = (row: (id: string, index: number) => string) => texts.map(row).join();
  await query(`insert into acces_app (user_id, mot_de_passe) values ${rows((id) => `(${id}, '${hash}')`)}`);
  const people = rows((id, index) => `(${id}, '${emailOf(index)}', 'P', '${index}')`);
  // A zero is taken for the next number, unless one sets the mode of the session, and each statement here has a session of its own.
  await query(`insert into users (id, email, prenom, nom) values ${isServer ? people.replace("('0',", "('32000',") : people}`);
  await query("update users set id = '0' where id = '32000'");
  await query(
    `insert into abonnement (user_id, formule, date_debut) values ${rows((id, index) => `(${id}, 'plan ${index}', '2026-01-01')`)}`,
  );
}

async function expectServed({ stores, existingSchema }: Database, { query }: KeyTables, texts: readonly string[]): Promise<void> {
  const { users, credentials, subscriptions } = stores;
  const ids = texts.map((id) => userId(id));
  const hashes = async () =>
    (await query('select mot_de_passe as hash, derniere_connexion as seen from acces_app order by id')) as {
      hash: string;
      seen: unknown;
    }[];
  expect([...(await subscriptions.periodsOfMany(ids)).keys()]).to.have.members(ids);
  expect((await Promise.all(ids.map((id) => users.find(id)))).map((user) => user?.lastName)).to.deep.equal(
    ids.map((_, index) => `${index}`),
  );
  for (const [index, id] of ids.entries()) {
    expect(await credentials.findByEmail(emailOf(index))).to.have.nested.property('credential.userId', id);
    for (const user of [await users.find(id), await users.findForUpdate(id)]) expect(user).to.include({ id, lastName: `${index}` });
    expect((await users.findSubscribed(id))?.periods.map(({ plan }) => plan)).to.deep.equal([`plan ${index}`]);
    expect(await users.updateProfile(id, { phone: `+${index}` })).to.include({ id, phone: `+${index}` });
    const credential = await credentials.findByUser(id);
    if (credential === null) throw new Error(`no credential of ${id}`);
    expect(await credentials.recordLogin({ credential, at: t0, upgradedHash: null })).to.equal(true);
    expect((await hashes()).filter(({ seen }) => seen !== null)).to.have.length(index + 1);
    expect(await credentials.replace(credential, `${hash}${index}`)).to.equal(true);
    expect((await users.setEnabled(id, false)).kind).to.equal('changed');
    expect((await users.find(id))?.isEnabled).to.equal(false);
  }
  expect((await hashes()).map((row) => row.hash)).to.deep.equal(ids.map((_, index) => `${hash}${index}`));
  const phones = (await query('select telephone as phone from users order by nom + 0')) as { phone: string }[];
  expect(phones.map(({ phone }) => phone)).to.deep.equal(ids.map((_, index) => `+${index}`));
  expect(await listed(users)).to.have.members(ids);
  const surveyed: string[] = [];
  await existingSchema.view(async (view) => {
    for await (const batch of view.accounts()) surveyed.push(...batch.map(({ id, isServed }) => `${id} ${isServed}`));
  });
  expect(surveyed).to.have.members(ids.map((id) => `${id} true`));
}

/** Read in pages of two, each beginning behind the last id. */
async function listed(users: Database['stores']['users']): Promise<readonly UserId[]> {
  const found: UserId[] = [];
  for (let page = await users.list({ search: null, after: null, limit: 2 }); page.length > 0 && found.length < 50; ) {
    found.push(...page.map(({ id }) => id));
    page = await users.list({ search: null, after: found.at(-1) ?? null, limit: 2 });
  }
  return found;
}

/** A replaced password is in force, also where it is kept in our overlay table. */
async function expectOverlaid(opened: Database, texts: readonly string[]): Promise<void> {
  await using database = opened;
  const { credentials } = database.stores;
  for (const [index, text] of texts.entries()) {
    const credential = await credentials.findByUser(userId(text));
    expect(credential && (await credentials.replace(credential, `overlay ${index}`))).to.equal(true);
    expect(await credentials.findByUser(userId(text))).to.include({ passwordHash: `overlay ${index}` });
    expect(await credentials.findByEmail(emailOf(index))).to.have.nested.property('credential.passwordHash', `overlay ${index}`);
  }
}

async function expectRegistered({ unitOfWork, stores }: Database, { query }: KeyTables, { kind }: KeyCase): Promise<void> {
  const id = await unitOfWork.run(async ({ users, credentials }) => {
    const insertion = await users.insert(sampleUser('new@example.org'));
    if (insertion.kind !== 'inserted') throw new Error(insertion.kind);
    await credentials.add(insertion.user.id, hash);
    return insertion.user.id;
  });
  const [row] = (await query("select cast(id as char) as id from users where email = 'new@example.org'")) as { id: string }[];
  expect(id).to.equal(kind === 'integer' ? String(BigInt(row?.id ?? '')) : row?.id);
  expect(await stores.credentials.findByUser(id)).to.include({ userId: id, passwordHash: hash });
}
