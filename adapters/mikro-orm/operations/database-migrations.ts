import { sql } from 'kysely';
import type { DatabaseTarget } from '../database-target.js';
import { openOrm } from '../open-orm.js';
import type { Db, OwnTables } from '../own-entities.js';
import { hasTable } from '../sql/has-table.js';
import { retry } from '../sql/transaction.js';
import { withMigrationLock } from './migration-lock.js';
import { type MigrationPlan, type Migrations, migrationLog } from './migration-plan.js';
import { assertServerWrites } from './server-settings.js';

export interface DatabaseMigrationsOptions {
  readonly target: DatabaseTarget;
  readonly plan: MigrationPlan;
  /** For reads; `up` opens its own connection. */
  readonly db: Db;
}

/** A definition may wait for other transactions on a table, and changing a large table takes long. */
const patience = { connectionMs: 5000, answerMs: 3_600_000, lockWaitSeconds: 60, statementMs: 0 };

/**
 * The table in which MikroORM's migrator records the names of the migrations. The definition is MikroORM's own. It is created here, because
 * two processes may start at once.
 */
const logDefinitions = {
  mysql: `create table if not exists ${migrationLog} (id int unsigned not null auto_increment primary key, name varchar(255) not null,
    executed_at datetime not null default current_timestamp) engine=InnoDB default charset=utf8mb4`,
  sqlite: `create table if not exists ${migrationLog} (id integer not null primary key autoincrement, name text not null,
    executed_at text not null default current_timestamp)`,
} as const;

/** The migrations of a plan on one database. */
export class DatabaseMigrations implements Migrations {
  readonly #options: DatabaseMigrationsOptions;

  constructor(options: DatabaseMigrationsOptions) {
    this.#options = options;
  }

  async pending(): Promise<readonly string[]> {
    const executed = new Set(await this.executed());
    return this.#options.plan.list.map((migration) => migration.name).filter((name) => !executed.has(name));
  }

  async executed(): Promise<readonly string[]> {
    const { db, target } = this.#options;
    if (!(await hasTable(db, target.kind, migrationLog))) return [];
    const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationLog)} order by id`.execute(db);
    return rows.map((row) => row.name);
  }

  async up(): Promise<readonly string[]> {
    const { target, db } = this.#options;
    if (target.kind === 'mysql') await assertServerWrites(db);
    // On SQLite the migrator's one transaction holds the write lock from before it looks until the end.
    return await (target.kind === 'mysql' ? withMigrationLock(target, () => this.#run()) : retry(() => this.#run()));
  }

  async #run(): Promise<readonly string[]> {
    const { target, plan } = this.#options;
    const orm = await openOrm({ target, poolMax: 2, patience, plan });
    try {
      await sql.raw(logDefinitions[target.kind]).execute(orm.em.fork().getKysely<OwnTables>());
      const done = await orm.migrator.up();
      return done.map((migration) => migration.name);
    } finally {
      await orm.close(true);
    }
  }
}
