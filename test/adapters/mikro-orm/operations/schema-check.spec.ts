import { expect } from 'chai';
import { sql } from 'kysely';
import type { Database, DatabaseOptions } from '../../../../adapters/mikro-orm/open-database.js';
import { inSnapshot } from '../../../../adapters/mikro-orm/operations/in-snapshot.js';
import { servingGrants } from '../../../../adapters/mikro-orm/schema-map/grant-script.js';
import { existingTableNames } from '../../../../adapters/mikro-orm/schema-map/mapped-columns.js';
import type { FindingCode } from '../../../../core/domain/operations/schema-finding.js';
import { CheckSchema, type SchemaReport } from '../../../../core/usecases/operations/check-schema.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { rejection, sampleUser } from '../../../kit/contracts/support/samples.js';
import { targetOf } from '../../../support/database-target.js';
import { hasherOfAllFormats } from '../../../support/foreign-hashes/hasher-of-all-formats.js';
import { fullExamples, schemaMapExample } from '../../../support/schema-map-example.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';
import { variations } from '../../support/table-variations.js';

/** What every check of the test's own account finds, which has every right and no fingerprint yet, on a server that does not flush. */
const always: readonly FindingCode[] = ['right_excessive', 'definition_unknown', 'commits_not_durable'];

const expected: Readonly<Record<keyof typeof variations, readonly FindingCode[]>> = {
  'a password column of 60 characters': ['password_column_narrow'],
  'a password column of 32 characters': ['password_column_narrow'],
  'tables in latin1': ['charset_narrow'],
  'tables in utf8mb3': ['charset_narrow'],
  'tables without transactions': ['no_transactions'],
  'no unique index on the address': ['address_index_missing', 'address_not_unique'],
  'an address column that tells case apart, without an index': ['address_index_missing', 'address_not_unique'],
};

const checkOf = ({ existingSchema, clock }: Database) =>
  new CheckSchema({ existingSchema, clock, hasher: hasherOfAllFormats() }).execute({ accept: false });

const codesOf = ({ findings }: SchemaReport) => [...new Set(findings.map(({ code }) => code))];

describe('A check of the existing tables', () => {
  let test: TestDatabase;
  const load = async (statements: readonly string[] = [], { rows = false } = {}) => {
    test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema({ rows });
    for (const statement of statements) await test.query(statement);
  };
  const check = async (options: Partial<DatabaseOptions> = {}) => {
    await using database = await openByUrl(test.url, options);
    await database.migrations.up();
    return await checkOf(database);
  };
  const one = (report: SchemaReport, code: FindingCode) => report.findings.find((finding) => finding.code === code);
  afterEach(() => test?.[Symbol.asyncDispose]());

  it('finds nothing but notes on the reference tables, and counts the formats of their hashes', async () => {
    await load([], { rows: true });
    const report = await check();
    expect(report.counts.error).to.equal(0);
    expect(codesOf(report)).to.have.members([...always, 'hash_unknown', 'address_folded', 'address_column_narrow']);
    expect(report.survey?.accounts).to.equal(10);
    const hashes = Object.fromEntries((report.survey?.hashes ?? []).map(({ scheme, count }) => [scheme, count]));
    expect(hashes).to.deep.equal({
      argon2id: 1,
      bcrypt: 3,
      phpass: 1,
      'django-pbkdf2-sha256': 1,
      'sha512-crypt': 1,
      'ldap-sha1': 1,
      'md5-crypt': 1,
      unknown: 1,
    });
    expect(one(report, 'hash_unknown')).to.deep.include({ count: 1, ids: ['10'] });
  });

  for (const [kind, statements] of Object.entries(variations)) {
    it(`reports the specifics of ${kind}`, async () => {
      await load(statements);
      const report = await check();
      expect(report.counts.error).to.equal(0);
      expect(codesOf(report)).to.include.members([...(expected[kind] ?? [])]);
    });
  }

  for (const name of ['reference', ...fullExamples, 'minimal']) {
    it(`finds no error on the tables of the example ${name}, and no right that lacks or is too much under the documented ones`, async () => {
      const { map, tables } = schemaMapExample(name);
      test = await (await sharedDatabaseServer()).createDatabase();
      for (const table of tables) await test.query(table);
      await check({ schemaMap: map });
      const account = `'${test.name}'@'127.0.0.1'`;
      await test.query(`revoke all privileges on ${test.name}.* from ${account}`);
      for (const grant of servingGrants({ map, database: test.name, account })) await test.query(grant);
      await using database = await openByUrl(test.url, { schemaMap: map });
      const report = await checkOf(database);
      expect(report.counts.error).to.equal(0);
      expect(codesOf(report)).not.to.include('right_excessive');
      expect(report.survey?.accounts).to.equal(0);
      expect(report.definitions).to.have.length(existingTableNames(map).length);
    });
  }

  it('reports that a case-sensitive column cannot use its index', async () => {
    await load(['alter table users modify email varchar(191) character set utf8mb4 collate utf8mb4_bin not null']);
    expect(codesOf(await check()))
      .to.include('address_index_unused')
      .and.not.to.include('address_index_missing');
  });

  it('reports everything that makes the mapping unusable, and then does not read the rows', async () => {
    await load(
      [
        'alter table users drop column telephone, drop column date_creation',
        'alter table users add date_creation int not null default 0, add pays char(2) not null',
        'alter table abonnement drop foreign key fk_abonnement_user, drop column formule',
        'drop table acces_app',
      ],
      { rows: true },
    );
    const report = await check();
    expect(codesOf(report)).to.include.members(['table_missing', 'column_missing', 'type_unfit', 'value_needed', 'rows_unread']);
    expect(report.survey).to.equal(null);
    expect(report.findings.filter(({ code }) => code === 'column_missing').map(({ table, column }) => [table, column])).to.deep.equal([
      ['users', 'telephone'],
      ['abonnement', 'formule'],
    ]);
    expect(report.findings[0]?.message).to.equal('credentials.table: there is no table "acces_app", or this account may not see it');
  });

  it('reports keys that cannot be compared, and keys that no index serves', async () => {
    await load([
      'alter table acces_app drop foreign key fk_acces_app_user, drop index uq_acces_app_user, modify user_id varchar(20) not null',
    ]);
    expect(codesOf(await check())).to.include.members(['key_types_differ', 'key_index_missing']);
    const example = schemaMapExample('text-keys');
    await using other = await (await sharedDatabaseServer()).createDatabase();
    for (const table of example.tables) await other.query(table);
    await other.query('alter table `Accès` modify `Membre` varchar(40) collate utf8mb4_spanish_ci not null');
    await using database = await openByUrl(other.url, { schemaMap: example.map });
    expect(codesOf(await checkOf(database))).to.include.members(['collations_clash', 'rows_unread']);
  });

  it('fails for keys that cannot be served, and for a collation by which two accounts could be one', async () => {
    const example = schemaMapExample('text-keys');
    const { users, credentials, subscriptions } = example.map;
    test = await (await sharedDatabaseServer()).createDatabase();
    for (const table of example.tables) await test.query(table);
    const modify = (table: string, column: string, type: string) => test.query(`alter table \`${table}\` modify \`${column}\` ${type}`);
    await modify(users.table, users.key.column, 'varchar(200) collate utf8mb4_bin not null');
    for (const key of ['k'.repeat(191), 'k'.repeat(192)]) {
      await test.query(`insert into \`${users.table}\` (\`${users.key.column}\`, \`${users.email}\`) values (?, '')`, [key]);
    }
    await modify(credentials.table, credentials.userId, 'varchar(200) collate utf8mb4_general_ci not null');
    const folded = await check({ schemaMap: example.map });
    expect(one(folded, 'keys_folded')).to.include({ table: credentials.table, column: credentials.userId });
    await modify(credentials.table, credentials.userId, 'varchar(200) collate utf8mb4_bin not null');
    if (subscriptions !== null) await modify(subscriptions.table, subscriptions.userId, 'varchar(200) collate utf8mb4_bin not null');
    expect(one(await check({ schemaMap: example.map }), 'key_unusable')).to.deep.include({ count: 1, ids: ['k'.repeat(192)] });
  });

  it('takes a key whose default is UUID_SHORT(), which a new account then gets exactly', async () => {
    await load([
      ...['acces_app', 'abonnement'].map(
        (table) => `alter table ${table} drop foreign key fk_${table}_user, modify user_id bigint unsigned not null`,
      ),
      'alter table users modify id bigint unsigned not null default (uuid_short())',
    ]);
    expect((await check()).counts.error).to.equal(0);
    await using database = await openByUrl(test.url);
    database.assertMapped();
    const insertion = await database.unitOfWork.run(({ users }) => users.insert(sampleUser('zoe@example.org')));
    const [row] = (await test.query('select cast(id as char) as id from users')) as { id: string }[];
    expect(insertion).to.have.nested.property('user.id', row?.id);
    await test.query('alter table users alter id drop default');
    expect(codesOf(await check())).to.include('key_unfit');
  });

  it('fails for a column too narrow when new hashes are to go there, and not when they go elsewhere', async () => {
    await load(['alter table acces_app modify mot_de_passe varchar(96) not null']);
    expect(codesOf(await check({ credentialWrites: 'table' }))).to.include('password_column_unfit');
    expect(codesOf(await check({ credentialWrites: 'overlay' }))).to.include('password_column_narrow');
  });

  it('counts accounts that cannot log in, and rows without an account, with a few of their ids', async () => {
    await load([
      'alter table users drop index uq_users_email',
      'alter table acces_app drop foreign key fk_acces_app_user, drop index uq_acces_app_user',
      'alter table abonnement drop foreign key fk_abonnement_user',
      `insert into users (id, email, prenom, nom) values (1, 'zoe@example.org', '', ''), (2, ' ZOE@example.org', '', ''),
        (3, 'no address', '', ''), (4, 'twice@example.org', '', ''), (5, 'nobody@example.org', '', ''), (6, 'jose@example.org', '', ''),
        (7, 'josé@example.org', '', ''), (8, '\u200ejo@example.org', '', ''), (9, 'j\u200bo@example.org', '', '')`,
      "insert into acces_app (user_id, mot_de_passe) values (1, '!'), (2, '!'), (3, '!'), (4, '!'), (4, '!'), (6, '!'), (7, '!'), (8, '!'), (9, '!'), (99, '!')",
      "insert into abonnement (user_id, formule, date_debut) values (98, 'x', '2026-01-01'), (97, 'x', '2026-01-01')",
    ]);
    const report = await check();
    const counted = (code: FindingCode) => ({ count: one(report, code)?.count, ids: one(report, code)?.ids });
    expect(counted('address_ambiguous')).to.deep.equal({ count: 2, ids: ['1', '2'] });
    expect(counted('address_unusable')).to.deep.equal({ count: 3, ids: ['3', '8', '9'] });
    expect(counted('credential_ambiguous')).to.deep.equal({ count: 1, ids: ['4'] });
    expect(counted('credential_missing')).to.deep.equal({ count: 1, ids: ['5'] });
    expect(counted('hash_unknown')).to.deep.equal({ count: 7, ids: ['1', '2', '3', '6', '7'] });
    expect(counted('orphan_credentials').count).to.equal(1);
    expect(counted('orphan_subscriptions').count).to.equal(2);
    expect(JSON.stringify(report)).not.to.include('example.org');
  });

  it('reads every account, however many batches that takes', async () => {
    await load(['alter table acces_app drop foreign key fk_acces_app_user']);
    const numbers = Array.from({ length: 4500 }, (_, index) => index + 1);
    const rows = numbers.map((id) => `(${id}, 'p${id}@example.org', '', '')`).join(',');
    await test.query(`insert into users (id, email, prenom, nom) values ${rows}`);
    await test.query("insert into acces_app (user_id, mot_de_passe) select id, '$1$WCEGq8rj$W8tZabzT1URw6vr9GhlTN0' from users");
    const { survey } = await check();
    expect(survey).to.deep.include({ accounts: 4500, hashes: [{ scheme: 'md5-crypt', count: 4500 }] });
  });

  it('reports missing and unwanted rights of its database user, by table', async () => {
    await load();
    const { name } = test;
    const account = `'${name}'@'127.0.0.1'`;
    {
      await using database = await openByUrl(test.url);
      await database.migrations.up();
    }
    await test.query(`revoke all privileges on ${name}.* from ${account}`);
    for (const grant of [
      `select, insert, update, alter, trigger on ${name}.users`,
      `select on ${name}.acces_app`,
      `update (mot_de_passe, derniere_connexion) on ${name}.acces_app`,
      `select on ${name}.abonnement`,
      `select, insert, update, delete on ${name}.auth_sessions`,
      `select on ${name}.auth_migrations`,
    ]) {
      await test.query(`grant ${grant} to ${account}`);
    }
    await using database = await openByUrl(test.url);
    const report = await checkOf(database);
    const told = (code: FindingCode) =>
      report.findings.filter((finding) => finding.code === code).map(({ table, message }) => `${table}: ${message.replace(/^.* to /, '')}`);
    expect(told('right_excessive')).to.deep.equal(['users: ALTER, TRIGGER']);
    expect(told('right_missing')).to.include.members(['acces_app: INSERT', 'audit_logs: SELECT, INSERT, DELETE']);
    expect(told('right_missing').join()).not.to.match(/users|abonnement|auth_sessions|auth_migrations/);
    expect(report.survey?.accounts).to.equal(0);
  });

  it('counts the rights of the account’s roles, and of patterns of names', async () => {
    await load();
    const { name } = test;
    const account = `'${name}'@'127.0.0.1'`;
    await test.query(`revoke all privileges on ${name}.* from ${account}`);
    await test.query(`create role role${name}`);
    await test.query(`grant select, insert, update, index on ${name}.* to role${name}`);
    await test.query(`grant role${name} to ${account}`);
    const { kind } = await sharedDatabaseServer();
    await test.query(`set default role role${name} ${kind === 'mysql' ? 'to' : 'for'} ${account}`);
    await test.query(`grant drop on \`${name.slice(0, -1)}_\`.* to ${account}`);
    try {
      await using database = await openByUrl(test.url);
      const report = await checkOf(database);
      expect(one(report, 'right_excessive')?.message).to.equal('The account in DB_URL has the right to DROP, INDEX');
      expect(codesOf(report)).not.to.include('right_missing');
    } finally {
      await test.query(`drop role role${name}`);
    }
  });

  it('reports only a definition that changed since it was accepted', async () => {
    await load();
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const { existingSchema, clock } = database;
    const accept = () => new CheckSchema({ existingSchema, clock, hasher: hasherOfAllFormats() }).execute({ accept: true });
    expect(codesOf(await accept())).not.to.include('definition_unknown');
    await test.query("insert into users (id, email, prenom, nom) values (777, 'zoe@example.org', '', '')");
    expect(codesOf(await checkOf(database))).not.to.include('definition_changed');
    await test.query('alter table abonnement add note varchar(20) null');
    const report = await checkOf(database);
    expect(report.findings.filter(({ code }) => code === 'definition_changed').map(({ table }) => table)).to.deep.equal(['abonnement']);
    await accept();
    expect(codesOf(await checkOf(database))).not.to.include('definition_changed');
  });

  it('reads a consistent snapshot of the tables, on a read-only connection', async () => {
    await load([], { rows: true });
    const count = await inSnapshot(targetOf(test.url), async (db) => {
      const before = await sql<{ n: number }>`select count(*) as n from users`.execute(db);
      await test.query("insert into users (email, prenom, nom) values ('late@example.org', '', '')");
      const after = await sql<{ n: number }>`select count(*) as n from users`.execute(db);
      return [before.rows[0]?.n, after.rows[0]?.n];
    });
    expect(count).to.deep.equal([10, 10]);
    const writing = inSnapshot(targetOf(test.url), (db) => sql`update users set prenom = 'x'`.execute(db));
    expect(await rejection(writing)).to.have.nested.property('cause.code', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION');
  });
});
