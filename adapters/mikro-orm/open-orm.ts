import { Migrator } from '@mikro-orm/migrations';
import { MySqlDriver } from '@mikro-orm/mysql';
import { type AbstractSqlDriver, SqliteDriver, SqlMikroORM } from '@mikro-orm/sql';
import { type Dialect, MysqlDialect } from 'kysely';
import type { DatabaseTarget } from './database-target.js';
import { GuardedPool, type Patience } from './mysql/guarded-pool.js';
import { PoolUse } from './mysql/pool-use.js';
import { type MigrationPlan, migrationLog } from './operations/migration-plan.js';
import { ownEntities } from './own-entities.js';
import type { PreparedTexts } from './sql/ready-statement.js';
import { EmbeddedSqliteDialect } from './sqlite/embedded-sqlite-dialect.js';

export interface OrmOptions {
  readonly target: DatabaseTarget;
  readonly poolMax: number;
  readonly patience: Patience;
  /** Where the use of the connections to a server is counted. */
  readonly use?: PoolUse;
  /** What connections to a server prepare. */
  readonly texts?: PreparedTexts;
  /** For an instance that migrates: each of its statements must pass the plan's guard, also those that MikroORM makes. */
  readonly plan?: MigrationPlan;
}

export type Orm = Awaited<ReturnType<typeof openOrm>>;

/** MikroORM over guarded dialects. It creates no database and no schema: everything else in the database belongs to other applications. */
export async function openOrm({ target, plan, ...options }: OrmOptions) {
  const inspect = plan?.assertAllowed;
  const orm = await SqlMikroORM.init<AbstractSqlDriver>({
    driver: target.kind === 'mysql' ? MySqlDriver : SqliteDriver,
    dbName: target.kind === 'mysql' ? target.database : target.file,
    driverOptions: dialectOf({ target, ...options, ...(inspect && { inspect }) }),
    entities: [...ownEntities],
    ensureDatabase: false,
    schemaGenerator: { skipTables: [/^(?!auth_|audit_)/] },
    debug: false,
    logger: () => {},
    ...(plan && {
      extensions: [Migrator],
      migrations: {
        migrationsList: [...plan.list],
        tableName: migrationLog,
        transactional: true,
        allOrNothing: target.kind === 'sqlite',
        disableForeignKeys: false,
        snapshot: false,
        snapshotOnMigrate: false,
        silent: true,
      },
    }),
  });
  await orm.connect();
  return orm;
}

interface DialectOptions extends Omit<OrmOptions, 'plan'> {
  readonly inspect?: (sql: string) => void;
}

function dialectOf({ target, poolMax, patience, inspect, use = new PoolUse(), texts = new Set() }: DialectOptions): Dialect {
  const guard = inspect && { inspect };
  if (target.kind === 'sqlite') return new EmbeddedSqliteDialect({ file: target.file, ...guard });
  return new MysqlDialect({ pool: new GuardedPool({ target, max: poolMax, patience, use, texts, ...guard }) });
}
