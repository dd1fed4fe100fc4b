import 'reflect-metadata';
import { Container } from 'inversify';
import { GuardedAuditSink } from '../../adapters/guarded-audit/guarded-audit-sink.js';
import { type Database, openDatabase } from '../../adapters/mikro-orm/open-database.js';
import { StopProbe } from '../../adapters/system/stop-probe.js';
import { historyBounds } from '../../core/domain/live/live-event.js';
import type { HealthProbe } from '../../core/ports/operations/health-probe.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Ports } from '../../core/ports/ports.js';
import type { UseCases } from '../../core/usecases/use-cases.js';
import { ownMigrations } from '../../migrations/all-migrations.js';
import type { Config } from '../config/config.js';
import { warnOfOpenFolder } from '../config/embedded-folder.js';
import { embeddedSecret } from '../config/embedded-secret.js';
import { startBackgroundWork } from './background-work.js';
import { databaseModule } from './database-module.js';
import { auditGuardFor, guardAudit } from './guard-audit.js';
import { shareOfHashing } from './hashing.js';
import { loadSchemaMap } from './load-schema-map.js';
import { logOutput, openMetrics, openTracing } from './observability.js';
import { ownStateModule } from './own-state-module.js';
import { policiesModule } from './policies-module.js';
import { portsModule, portsToken } from './ports-module.js';
import { prepareDatabase } from './prepare-database.js';
import { type AppSecrets, secretsModule } from './secrets-module.js';
import { systemModule } from './system-module.js';
import { databaseTarget, redisTarget } from './targets.js';
import { useCasesModule, useCasesOf } from './use-cases-module.js';
import { whenReachable } from './when-reachable.js';
import type { WorkerContext } from './worker-context.js';

/** The core with everything it needs, and what must be closed at the end. */
export interface Composition extends AsyncDisposable {
  readonly useCases: UseCases;
  readonly ports: Ports;
  readonly migrations: Database['migrations'];
  /** Runs pending migrations where that may be done here, or throws where they are missing. Makes no account. */
  prepare(options: { readonly mayMigrate: boolean }): Promise<void>;
  /** From now on the process says that it is not ready, and serves nevertheless. */
  announceStop(): void;
  /** Starts the background work of a serving process; the result ends it. */
  start(): Promise<AsyncDisposable>;
}

export interface ComposeOptions {
  readonly config: Config;
  /** Of the product, for `build_info`. */
  readonly version: string;
  /** False for a command: no monitoring system reads its counters. */
  readonly isServing?: boolean;
  /** Of this process among several that serve together; null where it serves alone. */
  readonly worker?: WorkerContext | null;
  /** Given, a database that is not there is waited for until this aborts; else it is a failure at once. */
  readonly waitUntil?: AbortSignal;
}

/**
 * Opens the connections that the configuration names and wires the core to them. Starts no background work and runs no migration.
 * @throws AuthError `dependency_unavailable`; SchemaMapError when `SCHEMA_MAP` names no mapping
 */
export async function compose({ config, version, isServing = true, worker = null, waitUntil }: ComposeOptions): Promise<Composition> {
  const schemaMap = await loadSchemaMap(config);
  if (isServing && config.database.kind === 'sqlite') warnOfOpenFolder(config.database.file);
  await using opened = new AsyncDisposableStack();
  const container = new Container();
  const { tracer } = opened.use(await openTracing({ version }));
  const metrics = await openMetrics({ version, worker, isServing });
  container.load(systemModule({ config, output: await logOutput(config), metrics, tracer, worker }));
  const hashing = shareOfHashing(config, worker);
  container.load(
    policiesModule(config),
    secretsModule(await appSecrets(config), { hashing, tokens: config.tokens }, schemaMap?.credentials.recipes),
  );
  const logger = container.get<Logger>('logger');
  const guard = auditGuardFor(config);

  const database = opened.use(
    await whenReachable({
      open: () =>
        openDatabase({
          target: databaseTarget(config),
          poolMax: config.dbPoolMax,
          credentialWrites: config.credentialWrites,
          isBatching: config.dbBatching,
          migrations: ownMigrations,
          auditOf: (sink) => new GuardedAuditSink({ sink, guard }),
          ...(schemaMap !== null && { schemaMap }),
        }),
      logger,
      ...(waitUntil && { waitUntil }),
    }),
  );
  const guarded = guardAudit(database, { guard, logger, metrics });
  const stopProbe = new StopProbe();
  const probes: HealthProbe[] = [stopProbe, database.probe, guarded.probe];
  const history = { ...historyBounds, bytesInAll: config.eventHistoryBytes };
  if (config.redis === null) {
    container.load(ownStateModule({ history }));
  } else {
    const { openSharedState } = await import('./shared-state.js');
    const shared = opened.use(await openSharedState({ target: redisTarget(config.redis), logger, history }));
    container.load(...shared.modules);
    probes.push(shared.probe);
    metrics.watch('redis_up', () => (shared.isUp() ? 1 : 0));
    metrics.watch('redis_evicts', () => (shared.mayEvict() ? 1 : 0));
  }
  watchPool(metrics, database, config);
  container.bind<readonly HealthProbe[]>('probes').toConstantValue(probes);
  container.load(databaseModule(database, guarded), portsModule, useCasesModule);

  const { migrations, assertMapped, assertWritable } = database;
  const useCases = useCasesOf(container, tracer);
  const ports = container.get<Ports>(portsToken);
  const isEmbedded = config.database.kind === 'sqlite';
  const resources = opened.move();
  return {
    useCases,
    ports,
    migrations,
    prepare: ({ mayMigrate }) => {
      const open = () => prepareDatabase({ migrations, isEmbedded, assertMapped, assertWritable, mayMigrate });
      return whenReachable({ open, logger, ...(waitUntil && { waitUntil }) });
    },
    announceStop: () => stopProbe.stop(),
    start: async () => {
      await database.warmUp().catch((error: unknown) => logger.warn('the first requests may be slow', { error }));
      return startBackgroundWork(useCases, ports);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** The embedded database has no pool. */
function watchPool(metrics: Metrics, { poolUse }: Database, { database, dbPoolMax }: Config): void {
  if (database.kind === 'sqlite') return;
  metrics.watch('database_connections_busy', () => poolUse.busy);
  metrics.watch('database_connections_waiting', () => poolUse.waiting);
  metrics.watch('database_connections_max', () => dbPoolMax);
}

async function appSecrets({ database, secrets }: Config): Promise<AppSecrets> {
  const previous = secrets.previous.map((secret) => secret.reveal());
  if (secrets.current !== null) return { current: secrets.current.reveal(), previous };
  if (database.kind !== 'sqlite') throw new Error('a configuration without a secret is only for the embedded database');
  return { current: (await embeddedSecret(database.file)).reveal(), previous };
}
