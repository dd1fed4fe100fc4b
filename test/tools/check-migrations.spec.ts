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
];

describe('The guard of migrations', () => {
  for (const statement of refused) {
    it(`refuses: ${statement}`, () => {
      expect(foreignTouch(statement)).to.be.a('string');
      expect(() => assertOwnTables(statement)).to.throw('tables of our own alone');
    });
  }

  for (const statement of accepted) {
    it(`lets pass: ${statement}`, () => {
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

  it('finds nothing wrong with ours', async () => {
    expect(await checkMigrations(allMigrations)).to.deep.equal([]);
    expect(unlistedMigrations(join(import.meta.dirname, '../../migrations'), allMigrations)).to.deep.equal([]);
  });

  it('finds a planted statement on a table of others', async () => {
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
