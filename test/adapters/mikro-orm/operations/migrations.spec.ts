import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Migration } from '@mikro-orm/migrations';
import { expect } from 'chai';
import type { MigrationPlan } from '../../../../adapters/mikro-orm/operations/migration-plan.js';
import { allMigrations, ownMigrations } from '../../../../migrations/all-migrations.js';
import { ownTables } from '../../../../migrations/own-tables.js';
import type { Query } from '../../../contracts/support/existing-hands.js';
import { openByFile, openByUrl } from '../../../contracts/support/open-test-database.js';
import { sqliteQuery } from '../../../contracts/support/sqlite-harness.js';
import { rejection } from '../../../kit/contracts/support/samples.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

const names = allMigrations.map((migration) => migration.name);

class DropsTheirs extends Migration {
  override up(): void {
    this.addSql('create table auth_sessions (id int)');
    this.addSql('drop table abonnement');
  }
}

class RunsPastTheQueue extends Migration {
  override async up(): Promise<void> {
    await this.execute('drop table abonnement');
  }
}

const planOf = (type: typeof DropsTheirs | typeof RunsPastTheQueue): MigrationPlan => ({
  ...ownMigrations,
  list: [{ name: 'planted', class: type }],
});

/** `open` returns a database without this product's tables, `query` queries it directly. */
function migrationsContract(
  name: string,
  given: { open: (plan?: MigrationPlan) => ReturnType<typeof openByFile>; query: Query; tables: string },
): void {
  describe(name, () => {
    const tables = async () => ((await given.query(given.tables)) as { name: string }[]).map((row) => row.name);

    it('are all pending at first, and looking makes nothing', async () => {
      await using database = await given.open();
      expect(await database.migrations.pending()).to.deep.equal(names);
      expect(await database.migrations.executed()).to.deep.equal([]);
      expect(await tables()).not.to.include.members(['auth_migrations']);
    });

    it('make our tables once', async () => {
      await using database = await given.open();
      expect(await database.migrations.up()).to.deep.equal(names);
      expect(await tables()).to.include.members([...ownTables]);
      expect(await database.migrations.pending()).to.deep.equal([]);
      expect(await database.migrations.executed()).to.deep.equal(names);
      expect(await database.migrations.up()).to.deep.equal([]);
    });

    it('can be run again after they were interrupted between a definition and its note', async () => {
      await using database = await given.open();
      await database.migrations.up();
      await given.query("delete from auth_migrations where name >= '20261122-0002'");
      await given.query('drop table audit_seals');
      expect(await database.migrations.pending()).to.deep.equal(names.slice(1));
      expect(await database.migrations.up()).to.deep.equal(names.slice(1));
      expect(await tables()).to.include.members([...ownTables]);
    });

    for (const planted of [DropsTheirs, RunsPastTheQueue]) {
      it(`are stopped before one that ${planted === DropsTheirs ? 'changes a table of another application' : 'runs SQL past the migrator'} does so`, async () => {
        await using database = await given.open(planOf(planted));
        const error = await rejection(database.migrations.up());
        expect(error).to.be.instanceOf(Error).with.property('message').that.includes('abonnement');
        expect(await tables()).to.include('abonnement');
        expect(await database.migrations.executed()).to.deep.equal([]);
      });
    }
  });
}

describe('Migrations', () => {
  let test: TestDatabase;
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'move-acces-migrations-'));
    test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema({ rows: false });
  });
  afterEach(async () => {
    await test[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  const file = () => join(folder, 'in/a/new/folder/test.db');

  migrationsContract('of an embedded file', {
    open: (plan) => openByFile(file(), plan && { migrations: plan }),
    query: (sql) => sqliteQuery(file())(sql),
    tables: "select name from sqlite_master where type = 'table'",
  });

  migrationsContract('on the server', {
    open: (plan) => openByUrl(test.url, plan && { migrations: plan }),
    query: (sql) => test.query(sql),
    tables: 'select table_name as name from information_schema.tables where table_schema = database()',
  });

  it('run once when several processes start them at once on the server', async () => {
    const databases = await Promise.all([1, 2, 3, 4].map(() => openByUrl(test.url)));
    const runs = await Promise.all(databases.map((database) => database.migrations.up()));
    for (const database of databases) await database[Symbol.asyncDispose]();
    expect(runs.flat()).to.deep.equal(names);
    expect(await test.query('select name from auth_migrations order by id')).to.deep.equal(names.map((name) => ({ name })));
  });

  it('run once when several processes start them at once on an embedded file, and no process loses another one’s writes', async () => {
    await (await openByFile(file()))[Symbol.asyncDispose]();
    const query = sqliteQuery(file());
    await query("insert into users (email, prenom, nom) values ('zoe@example.org', '0', '')");
    const script = join(import.meta.dirname, '../../support/share-file.js');
    const start = String(Date.now() + 2500);
    const runs = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, [script, file(), start, '50'])));
    expect(runs.flatMap(({ stdout }) => JSON.parse(stdout) as string[])).to.deep.equal(names);
    expect(await query('select name from auth_migrations')).to.have.length(names.length);
    expect((await query('select prenom from users')).map((row) => ({ ...(row as object) }))).to.deep.equal([{ prenom: '150' }]);
  });

  it('can be looked at by an account that may not make tables', async () => {
    const { name } = test;
    await test.query(`revoke all privileges on ${name}.* from '${name}'@'127.0.0.1'`);
    await test.query(`grant select, insert, update on ${name}.* to '${name}'@'127.0.0.1'`);
    await using database = await openByUrl(test.url);
    expect(await database.migrations.pending()).to.deep.equal(names);
    expect(String(await rejection(database.migrations.up()))).to.match(/command denied/i);
  });

  describe('An embedded file', () => {
    it('is readable only by its owner, journals included, in folders that are created for it', async () => {
      await using database = await openByFile(file());
      await database.migrations.up();
      for (const name of [file(), `${file()}-wal`, `${file()}-shm`]) expect((await stat(name)).mode & 0o777, name).to.equal(0o600);
      expect((await stat(join(folder, 'in'))).mode & 0o777).to.equal(0o700);
    });

    it('gets no tables of the reference when it belongs to another application', async () => {
      const foreign = join(folder, 'foreign.db');
      await sqliteQuery(foreign)('create table something (id integer)');
      await using database = await openByFile(foreign);
      expect(await database.migrations.pending()).to.deep.equal(names);
      expect(await sqliteQuery(foreign)("select name from sqlite_master where type = 'table'")).to.have.length(1);
    });
  });
});
