import { sql } from 'kysely';
import type { Instant } from '../../../core/domain/instant.js';
import { type SchemaFinding, schemaFinding } from '../../../core/domain/operations/schema-finding.js';
import type { ExistingSchema, SchemaView, TableDefinition } from '../../../core/ports/operations/existing-schema.js';
import type { DatabaseTarget } from '../database-target.js';
import type { Db } from '../own-entities.js';
import { type Columns, readColumns } from '../schema-map/column-facts.js';
import { ExistingTables } from '../schema-map/existing-tables.js';
import { existingTableNames } from '../schema-map/mapped-columns.js';
import { hasTable } from '../sql/has-table.js';
import { insertInto } from '../sql/row-sql.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { readAccountRights } from './account-rights.js';
import { type DefinitionFindingsOptions, definitionFindings } from './definition-findings.js';
import { inSnapshot } from './in-snapshot.js';
import { readIndexes } from './index-facts.js';
import type { Migrations } from './migration-plan.js';
import { rightFindings } from './right-findings.js';
import { RowSurvey } from './row-survey.js';
import { connectionFindings, readServerSettings, settingFindings } from './server-settings.js';
import { tableFingerprints } from './table-fingerprints.js';

export interface MikroOrmExistingSchemaOptions extends Pick<DefinitionFindingsOptions, 'map' | 'credentialWrites'> {
  readonly target: DatabaseTarget;
  /** Max connections of a process that serves. */
  readonly poolMax: number;
  readonly db: Db;
  readonly flavour: SqlFlavour;
  readonly migrations: Pick<Migrations, 'pending'>;
}

const keptIn = 'auth_definitions';

/** The existing tables of a server or a file. */
export class MikroOrmExistingSchema implements ExistingSchema {
  readonly #options: MikroOrmExistingSchemaOptions;

  constructor(options: MikroOrmExistingSchemaOptions) {
    this.#options = options;
  }

  async view<Result>(look: (view: SchemaView) => Promise<Result>): Promise<Result> {
    const { target, map } = this.#options;
    const pending = await this.#options.migrations.pending();
    return await inSnapshot(target, async (db) => {
      const columns = await readColumns(db, map, target.kind);
      const existing = new ExistingTables({ map, columns });
      const hasOverlay = await hasTable(db, target.kind, 'auth_credentials');
      const rows = new RowSurvey({ db, kind: target.kind, existing, hasOverlay });
      return await look({
        definitionFindings: async () => [
          ...(await this.#definitionFindings(db, columns)),
          ...(await this.#serverFindings(db, pending.length === 0)),
          ...(pending.length === 0 ? [] : [schemaFinding('migrations_pending', `${pending.length} migrations were not run yet`)]),
        ],
        accounts: () => rows.accounts(),
        addresses: () => rows.addresses(),
        orphans: () => rows.orphans(),
        unreadablePeriods: () => rows.unreadablePeriods(),
      });
    });
  }

  async definitions(): Promise<readonly TableDefinition[]> {
    const { db, target, map } = this.#options;
    const fingerprints = await tableFingerprints(db, target.kind, existingTableNames(map));
    const rows = (await hasTable(db, target.kind, keptIn)) ? await db.selectFrom(keptIn).selectAll().execute() : [];
    const kept = new Map(rows.map((row) => [row.table_name, row.fingerprint]));
    return [...fingerprints].map(([table, fingerprint]) => ({ table, fingerprint, kept: kept.get(table) ?? null }));
  }

  async keep(definitions: readonly TableDefinition[], at: Instant, mode: 'replace' | 'if_none'): Promise<void> {
    const { db, flavour } = this.#options;
    for (const { table, fingerprint } of definitions) {
      const changes: Readonly<Record<string, string | number>> = mode === 'replace' ? { fingerprint, kept_at: at } : { table_name: table };
      const row = { table_name: table, fingerprint, kept_at: at };
      await sql`${insertInto(keptIn, row)} ${flavour.onDuplicateSet('table_name', changes)}`.execute(db);
    }
  }

  async #definitionFindings(db: Db, columns: Columns): Promise<readonly SchemaFinding[]> {
    const { map, target, credentialWrites } = this.#options;
    const tables = existingTableNames(map);
    const indexes = await readIndexes(db, target.kind, tables);
    const engines = target.kind === 'mysql' ? await enginesWithoutTransactions(db, tables) : new Map<string, string>();
    return definitionFindings({ map, columns, indexes, engines, credentialWrites });
  }

  /** A file has neither database users nor a configuration. */
  async #serverFindings(db: Db, isMigrated: boolean): Promise<readonly SchemaFinding[]> {
    const { map, target, poolMax } = this.#options;
    if (target.kind !== 'mysql') return [];
    const rights = rightFindings({ map, database: target.database, rights: await readAccountRights(db), isMigrated });
    const settings = await readServerSettings(db);
    return [...settingFindings(settings), ...connectionFindings(settings, poolMax), ...rights];
  }
}

async function enginesWithoutTransactions(db: Db, tables: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; engine: string }>`
    select t.table_name as name, t.engine as engine from information_schema.tables as t
    join information_schema.engines as e on e.engine = t.engine and coalesce(e.transactions, 'NO') <> 'YES'
    where t.table_schema = database() and t.table_name in (${sql.join(tables)})`.execute(db);
  return new Map(rows.map(({ name, engine }) => [name, engine]));
}
