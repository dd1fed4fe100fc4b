import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MySqlPlatform } from '@mikro-orm/mysql';
import { SqlitePlatform } from '@mikro-orm/sql';
import { allMigrations } from '../migrations/all-migrations.js';
import { foreignTouch } from '../migrations/own-tables.js';

/** The parts of a migration that are checked: it queues its SQL and runs none itself. */
export interface CheckedMigration {
  readonly name: string;
  readonly class: new (
    driver: never,
    configuration: never,
  ) => { up(): Promise<void> | void; down(): Promise<void> | void; getQueries(): unknown[] };
}

/** Returns one line for each statement that may change more than this product's own tables, in either SQL dialect. */
export async function checkMigrations(migrations: readonly CheckedMigration[]): Promise<readonly string[]> {
  const findings: string[] = [];
  const names = migrations.map((migration) => migration.name);
  const disordered = names.find((name, index) => index > 0 && name <= (names[index - 1] ?? ''));
  if (disordered !== undefined) findings.push(`${disordered}: out of order or twice in the list`);
  for (const migration of migrations) {
    for (const platform of [new MySqlPlatform(), new SqlitePlatform()]) {
      const { statements, failure } = await statementsOf(migration, platform);
      const reasons = statements.map((statement) =>
        typeof statement === 'string' ? foreignTouch(statement) : 'a statement that is no text',
      );
      findings.push(...[...reasons, failure].filter((reason) => reason !== null).map((reason) => `${migration.name}: ${reason}`));
    }
  }
  return [...new Set(findings)];
}

/** Returns migrations in the folder that are missing in the list: they would never run. */
export function unlistedMigrations(folder: string, migrations: readonly CheckedMigration[]): readonly string[] {
  const listed = new Set(migrations.map((migration) => migration.name));
  const files = readdirSync(folder).filter((file) => /^\d{8}-\d{4}-.*\.js$/.test(file));
  return files
    .map((file) => file.slice(0, -'.js'.length))
    .filter((name) => !listed.has(name))
    .map((name) => `${name}: not in the list of migrations`);
}

/** Collects the SQL of a migration, without a database. SQL that bypasses its queue is a failure. */
async function statementsOf(
  migration: CheckedMigration,
  platform: object,
): Promise<{ statements: readonly unknown[]; failure: string | null }> {
  const driver = { getPlatform: () => platform };
  const silent = new Proxy(driver, {
    get: (target, name) => (name === 'getPlatform' ? target.getPlatform : refuse(`uses the driver's ${String(name)}`)),
  });
  const instance = new migration.class(silent as never, {} as never); // a stand-in for the driver: any other use of it throws
  const statements: unknown[] = [];
  try {
    for (const direction of ['up', 'down'] as const) {
      if (direction === 'down' && !Object.hasOwn(migration.class.prototype, 'down')) continue;
      await instance[direction]();
      statements.push(...instance.getQueries().splice(0));
    }
    return { statements, failure: null };
  } catch (error) {
    return { statements, failure: error instanceof Error ? error.message : String(error) };
  }
}

function refuse(what: string): never {
  throw new Error(what);
}

if (import.meta.main) {
  const findings = [
    ...(await checkMigrations(allMigrations)),
    ...unlistedMigrations(join(import.meta.dirname, '../migrations'), allMigrations),
  ];
  for (const finding of findings) console.error(finding);
  if (findings.length === 0) console.log(`${allMigrations.length} migrations touch tables of our own alone`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
