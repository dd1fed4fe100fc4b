import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Migration } from '@mikro-orm/migrations';
import { expect } from 'chai';
import { allMigrations } from '../../migrations/all-migrations.js';
import { assertOwnTables, foreignTouch, ownTables } from '../../migrations/own-tables.js';
import { checkMigrations, unlistedMigrations } from '../../tools/check-migrations.js';

const refused = [
  // definitions of others' tables
  'alter table users add column x int',
  'ALTER TABLE `users` ADD COLUMN x int',
  'alter table "acces_app" drop column actif',
  'create index ix on users (email)',
  'create unique index ix on abonnement (user_id)',
  'drop index uq_users_email on users',
  'drop index uq_users_email',
  'drop table users',
  'drop table if exists auth_sessions, users',
  'create table copies (id int)',
  'create table if not exists users (id int)',
  'create temporary table auth_sessions (id int)',
  'truncate table users',
  'rename table users to people',
  'rename table auth_sessions to users',
  'alter table auth_sessions rename to users',
  'alter table auth_sessions rename people',
  'alter table other.auth_sessions add x int',
  'create table `other`.`auth_sessions` (id int)',
  // ties to them
  'create table auth_sessions (id int, foreign key (id) references users (id))',
  'create table auth_sessions (id int REFERENCES `users` (id))',
  'alter table auth_sessions add constraint fk foreign key (user_id) references users (id)',
  'create table auth_sessions as select * from users',
  'create table auth_sessions like users',
  'create trigger t after insert on users for each row set @x = 1',
  'create trigger t after insert on auth_sessions for each row delete from users',
  'create view v as select * from users',
  'create or replace view auth_sessions as select 1',
  'create procedure p() delete from users',
  'create event e on schedule every 1 day do delete from users',
  // their rows
  "update users set statut = 'actif'",
  'update auth_sessions, users set users.statut = 1',
  'update auth_sessions join users on 1 = 1 set statut = 1',
  'delete from users',
  'delete users from users join auth_sessions',
  'delete from auth_sessions using auth_sessions join users',
  'delete auth_sessions, users from auth_sessions join users',
  "insert into users (email) values ('x')",
  "replace into users (email) values ('x')",
  'insert ignore into acces_app values (1)',
  'load data infile "x" into table users',
  // the server, and ways around
  'set global sql_mode = ""',
  'set persist max_connections = 1',
  'set @@global.max_connections = 1',
  'grant all on *.* to x',
  'drop database test',
  'create user x',
  'lock tables users write',
  "prepare s from 'drop table users'",
  'call p()',
  'pragma writable_schema = 1',
  "select 1 into outfile '/tmp/x'",
  'select 1; drop table users',
  '/*!50000 drop table users */',
  'create table auth_sessions (id int) -- ; drop table users',
  "insert into auth_sessions values ('a\\'); drop table users",
  '',
  'with x as (select 1) delete from users',
  // other spellings of the names of existing tables, and of the names of this software's tables
  'DROP\tTABLE\nUSERS',
  'drop table AUTH_SESSIONS',
  'drop table auth_sessions_old',
  'drop table "auth_sessions"',
  'drop table auth_sessions.users',
  'drop table auth_sessions . users',
  'drop table auth_sessions, `users`',
  'drop table `auth_sessions` `users`',
  'drop table `auth_sessions``users`',
  'create table auth_sessions\u00a0(id int)',
  'create table auth_sessions\u2003(id int)',
  // what a definition can hold besides columns
  'create table auth_sessions (like users)',
  'create table auth_sessions (id int) engine=MERGE union=(users)',
  "create table auth_sessions (id int) engine=FEDERATED connection='mysql://server/database/users'",
  "create table auth_sessions (id int) data directory='/tmp'",
  'create table auth_sessions (id int default (select max(id) from users))',
  'create table auth_sessions (id int, check (id in (select id from users)))',
  'create table auth_sessions (id int) select * from users',
  'alter table auth_sessions add x int, rename to users',
  'alter table auth_sessions exchange partition p with table users',
  'alter table auth_sessions add x int, add foreign key (x) references users (id)',
  'alter table auth_sessions add x int; drop table users',
  // texts and comments that two readers end in two places
  "insert into auth_sessions values ('a\\'', 'b'); drop table users -- ')",
  "insert into auth_sessions values ('\\', '); drop table users; -- \\')",
  "insert into auth_sessions values ('a'); drop table users; -- ')",
  "insert into auth_sessions values ('a') -- '\n; drop table users -- '",
  "insert into auth_sessions values ('a') # '\n; drop table users -- '",
  'insert into auth_sessions values ("a\'); drop table users; -- ")',
  'create table auth_sessions (id int) /*! as select * from users */',
  "select 'a' into outfile '/tmp/x' from users",
  // code that runs inside a statement on our rows
  'insert into auth_sessions values (f(9))',
  'insert into auth_sessions (id) select f(id) from users',
  'insert into auth_sessions select * from users for update',
  'update auth_sessions set a = (select 1 from users)',
  'update auth_sessions set a = @a',
  'delete from auth_sessions where f(id) = 1',
  'select * from users for update',
  'select f(1) from users',
  'select (f(1)) from users',
  'select other.version(1)',
  'select `f` (1)',
  'select id from users lock in share mode',
  'select "\'" into outfile "/tmp/x", "\'" from users',
  'set session x = 1, global sql_mode = 1',
  'set session x = f(1)',
  'savepoint "a"',
];

const accepted = [
  ...ownTables.map((table) => `create table if not exists ${table} (id int)`),
  'alter table auth_sessions add column x int not null default 0',
  'create index if not exists ix on `audit_logs` (event)',
  'create unique index ix on audit_seals (last_row_id);',
  'drop index ix on audit_logs',
  'drop table if exists auth_sessions, audit_logs',
  'create table audit_seals (id int references audit_logs (id))',
  "insert into auth_migrations (name) values ('drop table users; it''s a text')",
  'insert into auth_email_claims (email, user_id) select email, id from users',
  "update auth_sessions set device_name = null where id = 'x'",
  'delete from auth_sessions where id = 1',
  'select * from users',
  'set names utf8mb4;',
  'begin',
  'savepoint "trx1"',
  'release `trx1`',
  'pragma foreign_keys = on',
  "set names utf8mb4 collate utf8mb4_general_ci, session sql_mode='STRICT_TRANS_TABLES', session max_statement_time=0.5",
  'set session transaction isolation level read committed, read write',
  'select version() as version',
  "select 1 from information_schema.tables where table_schema = schema() and table_name = 'auth_migrations'",
  'select `m0`.* from `auth_migrations` as `m0` order by `m0`.`id` asc',
  "insert into `auth_migrations` (`name`) values ('x') returning `executed_at`",
  'CREATE TABLE IF NOT EXISTS `auth_sessions`(\r\n `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,\tPRIMARY KEY(`id`))ENGINE=InnoDB;',
  "create table audit_seals (kind enum('a','b') not null default 'a', amount decimal(10, 2), at datetime(3) default current_timestamp(3))",
  'create table audit_seals (id int, constraint fk foreign key (id) references audit_logs (id) on delete cascade)',
  'alter table auth_sessions add a varchar(64) character set ascii collate ascii_bin null, drop index ix, add unique key uq (a(10), b desc)',
  'alter table audit_logs add column a int, algorithm=inplace, lock=none',
  'alter table audit_logs modify details mediumtext not null',
  'create index ix on auth_sessions (a) where b is null and c <> 0',
  "insert into auth_definitions (a) values ('x''); drop table users; --'), (null)",
  'insert or ignore into auth_definitions values (1, -1) on conflict (a) do nothing',
  'insert into auth_definitions (a) values (1) on duplicate key update a = a + 1',
  "update auth_sessions set a = 'x', b = b + 1 where c in ('y', 1) and d is not null",
];

describe('The guard of migrations', () => {
  for (const statement of refused) {
    it(`refuses: ${JSON.stringify(statement)}`, () => {
      expect(foreignTouch(statement)).to.be.a('string');
      expect(() => assertOwnTables(statement)).to.throw('tables of our own alone');
    });
  }

  it('judges a long statement at once, whatever its end', () => {
    const columns = Array.from({ length: 400 }, (_, index) => `c${index} int null default null`);
    const values = Array.from({ length: 400 }, () => 'null');
    const started = performance.now();
    expect(foreignTouch(`create table auth_sessions (${columns.join(', ')}, like users)`)).to.be.a('string');
    expect(foreignTouch(`insert into auth_sessions select ${values.join(', ')} from users for update`)).to.be.a('string');
    expect(foreignTouch(`insert into auth_sessions values (${values.join(', ')}), (users)`)).to.be.a('string');
    expect(performance.now() - started).to.be.lessThan(1_000);
  });

  for (const statement of accepted) {
    it(`lets pass: ${JSON.stringify(statement)}`, () => {
      expect(foreignTouch(statement)).to.equal(null);
    });
  }
});

describe('The check of migrations', () => {
  const migration = (up: (self: Migration) => unknown, name = '20990101-0001-planted') => {
    class Planted extends Migration {
      override async up(): Promise<void> {
        await up(this);
      }
    }
    return [{ name, class: Planted }];
  };

  it('finds no fault in this product’s migrations', async () => {
    expect(await checkMigrations(allMigrations)).to.deep.equal([]);
    expect(unlistedMigrations(join(import.meta.dirname, '../../migrations'), allMigrations)).to.deep.equal([]);
  });

  it('finds a planted statement on a table of another application', async () => {
    expect(await checkMigrations(migration((self) => self.addSql('alter table users add x int')))).to.deep.equal([
      '20990101-0001-planted: the table users',
    ]);
  });

  it('finds one that is meant for one database alone', async () => {
    const planted = migration((self) => {
      const platform = (self as unknown as { driver: { getPlatform(): object } }).driver.getPlatform();
      if (platform.constructor.name === 'SqlitePlatform') self.addSql('drop table users');
    });
    expect(await checkMigrations(planted)).to.deep.equal(['20990101-0001-planted: the table users']);
  });

  it('finds SQL that is run past the queue', async () => {
    expect(await checkMigrations(migration((self) => self.execute('drop table users')))).to.have.length(1);
    expect(await checkMigrations(migration((self) => self.getEntityManager()))).to.have.length(1);
  });

  it('finds a list out of order, and a migration that the list forgot', async () => {
    const [first, second, ...others] = allMigrations;
    expect(await checkMigrations([second, first, ...others])).to.deep.equal([`${first.name}: out of order or twice in the list`]);
    const folder = join(import.meta.dirname, '../../migrations');
    expect(unlistedMigrations(folder, [second, ...others])).to.deep.equal([`${first.name}: not in the list of migrations`]);
  });

  it('runs as a command', () => {
    const script = join(import.meta.dirname, '../../tools/check-migrations.js');
    const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(status).to.equal(0);
    expect(stdout).to.equal(`${allMigrations.length} migrations touch tables of our own alone\n`);
  });
});
