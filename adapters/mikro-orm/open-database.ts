import { sql } from 'kysely';
import type { AuditSeals } from '../../core/ports/audit/audit-seals.js';
import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import type { AuditTrail } from '../../core/ports/audit/audit-trail.js';
import type { Clock } from '../../core/ports/clock.js';
import type { ExistingSchema } from '../../core/ports/operations/existing-schema.js';
import type { HealthProbe } from '../../core/ports/operations/health-probe.js';
import type { SessionLock } from '../../core/ports/sessions/session-lock.js';
import type { Stores, UnitOfWork } from '../../core/ports/unit-of-work.js';
import { accountStatements } from './accounts/account-statements.js';
import { MikroOrmAuditSeals } from './audit/mikro-orm-audit-seals.js';
import { tryAuditTable } from './audit/mikro-orm-audit-sink.js';
import { MikroOrmAuditTrail } from './audit/mikro-orm-audit-trail.js';
import { batchedReads } from './batched/reads.js';
import { createStores } from './create-stores.js';
import { DatabaseClock } from './database-clock.js';
import type { DatabaseTarget } from './database-target.js';
import { createEmbeddedTables } from './embedded-tables.js';
import { PoolUse } from './mysql/pool-use.js';
import { type Orm, openOrm } from './open-orm.js';
import { DatabaseMigrations } from './operations/database-migrations.js';
import { DatabaseProbe } from './operations/database-probe.js';
import type { MigrationPlan, Migrations } from './operations/migration-plan.js';
import { MikroOrmExistingSchema } from './operations/mikro-orm-existing-schema.js';
import { assertServerWrites } from './operations/server-settings.js';
import type { Db, OwnTables } from './own-entities.js';
import { ownStatements } from './own-statements.js';
import { readColumns } from './schema-map/column-facts.js';
import { argon2Length, ExistingTables } from './schema-map/existing-tables.js';
import { referenceSchemaMap } from './schema-map/reference-schema-map.js';
import { type SchemaMap, SchemaMapError } from './schema-map/schema-map.js';
import { schemaMapProblems } from './schema-map/schema-map-problems.js';
import { sessionLockFor } from './sessions/session-lock-for.js';
import type { PreparedTexts } from './sql/ready-statement.js';
import { mysqlFlavour, sqliteFlavour } from './sql/sql-flavour.js';
import { fromStoredTime } from './sql/stored-time.js';
import type { StoreTools } from './store-tools.js';
import { unitOfWorkFor } from './unit-of-work-for.js';
import { warmUp } from './warm-up.js';

export interface DatabaseOptions {
  readonly target: DatabaseTarget;
  /** Connections at most. */
  readonly poolMax: number;
  /** Where new password hashes go: `auto` is the existing table where its column is wide enough, else the overlay `auth_credentials`. */
  readonly credentialWrites: 'auto' | 'table' | 'overlay';
  readonly migrations: MigrationPlan;
  /**
   * On a server, whether reads by key are gathered outside of transactions, refreshes share commits, and work that waits for locked rows has
   * places of its own; true unless given. It changes nothing but speed.
   */
  readonly isBatching?: boolean;
  /** What a transaction writes its audit rows through, such as a guard; the sink itself unless given. */
  readonly auditOf?: (sink: AuditSink) => AuditSink;
  /** The reference tables' map, unless another is given; with another, an embedded file gets only the `auth_*` and `audit_*` tables. */
  readonly schemaMap?: SchemaMap;
}

/** A database that is reached, and everything that is kept in it. */
export interface Database extends AsyncDisposable {
  readonly stores: Stores;
  readonly unitOfWork: UnitOfWork;
  readonly auditTrail: AuditTrail;
  readonly auditSeals: AuditSeals;
  readonly sessionLock: SessionLock;
  readonly existingSchema: ExistingSchema;
  /** The database's own time. */
  readonly clock: Clock;
  readonly probe: HealthProbe;
  readonly migrations: Migrations;
  /** How many connections to a server are at work, and how many callers wait for one. */
  readonly poolUse: Readonly<PoolUse>;
  /** Rejects when the audit log cannot be written, as far as that can be detected without writing a row. */
  tryAuditTable(): Promise<void>;
  /**
   * A process that serves calls this first. A process that only migrates does not, because its account need not see the existing tables.
   * @throws SchemaMapError when the tables, as they were on opening, are not as the mapping describes them
   */
  assertMapped(): void;
  /** Rejects with one sentence for an operator when the server's configuration refuses every change. */
  assertWritable(): Promise<void>;
  /** Runs what first requests would have to wait for, and opens the connections. The migrations must have been run. */
  warmUp(): Promise<void>;
}

/** Limits how long a caller waits when the server is frozen: for a connection and one response, three seconds together. */
const patience = { connectionMs: 1000, answerMs: 2000, lockWaitSeconds: 1, statementMs: 1900 };

const closingMs = 3000;

/**
 * Connects, and looks at the existing tables. An embedded file is made, tables included; on a server nothing is. Migrations are not run.
 * @throws AuthError `dependency_unavailable`
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { target, poolMax, migrations, schemaMap = referenceSchemaMap } = options;
  await using opened = new AsyncDisposableStack();
  const poolUse = new PoolUse();
  const texts: PreparedTexts = new Set();
  const orm = opened.adopt(await openOrm({ target, poolMax, patience, use: poolUse, texts }), close);
  const db: Db = orm.em.fork().getKysely<OwnTables>();
  if (target.kind === 'sqlite' && options.schemaMap === undefined) await createEmbeddedTables(db);

  const clock = target.kind === 'mysql' ? opened.use(await startedClock(db)) : machineClock;
  const columns = await readColumns(db, schemaMap, target.kind);
  const existing = new ExistingTables({ map: schemaMap, columns });
  const flavour = target.kind === 'mysql' ? mysqlFlavour : sqliteFlavour;
  const tools: StoreTools = {
    db,
    clock,
    existing,
    flavour,
    statements: { ...accountStatements({ existing, flavour, texts }), ...ownStatements({ texts }) },
    credentialTarget: credentialTarget(options.credentialWrites, existing),
  };
  const isBatching = target.kind === 'mysql' && options.isBatching !== false;
  const stores = isBatching ? batchedReads(tools) : createStores(tools);
  const unitOfWork = unitOfWorkFor({ ...options, tools, isBatching });
  const ownMigrations = new DatabaseMigrations({ target, plan: migrations, db });

  const resources = opened.move();
  return {
    stores,
    unitOfWork,
    auditTrail: new MikroOrmAuditTrail(tools),
    auditSeals: new MikroOrmAuditSeals(tools),
    poolUse,
    tryAuditTable: () => tryAuditTable(db),
    assertMapped: () => {
      const problems = schemaMapProblems(schemaMap, columns);
      const name = options.schemaMap === undefined ? 'The built-in schema map' : 'SCHEMA_MAP';
      if (problems.length > 0) throw new SchemaMapError(`${name} does not fit the database`, problems);
    },
    assertWritable: async () => {
      if (target.kind === 'mysql') await assertServerWrites(db);
    },
    sessionLock: sessionLockFor(target),
    clock,
    probe: new DatabaseProbe({ db }),
    migrations: ownMigrations,
    existingSchema: new MikroOrmExistingSchema({ ...options, ...tools, map: schemaMap, migrations: ownMigrations }),
    warmUp: async () => {
      const ways = target.kind === 'mysql' ? poolMax : 1;
      await Promise.all(Array.from({ length: ways }, () => warmUp({ stores, unitOfWork, clock })));
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** The clock of the machine, which is the embedded database's too. */
const machineClock: Clock = { now: () => Date.now() };

async function startedClock(db: Db): Promise<DatabaseClock> {
  const ask = async () => {
    const { rows } = await sql<{ now: string }>`select utc_timestamp(3) as now`.execute(db);
    return fromStoredTime(rows[0]?.now) ?? Date.now();
  };
  const clock = new DatabaseClock({ ask });
  await clock.start();
  return clock;
}

function credentialTarget(choice: DatabaseOptions['credentialWrites'], existing: ExistingTables): 'table' | 'overlay' {
  if (choice !== 'auto') return choice;
  const { table, passwordHash } = existing.map.credentials;
  return existing.holds(table, passwordHash, argon2Length) ? 'table' : 'overlay';
}

/** A frozen server must not keep a process from ending. */
async function close(orm: Orm): Promise<void> {
  const { promise: lateness, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, closingMs);
  await Promise.race([orm.close(true), lateness]);
  clearTimeout(timer);
}
