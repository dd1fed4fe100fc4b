import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchemaMap } from '../../adapters/mikro-orm/schema-map/read-schema-map.js';
import type { SchemaMap } from '../../adapters/mikro-orm/schema-map/schema-map.js';
import { projectRoot } from './project-root.js';

/** A documented mapping with the tables that it fits. */
export interface SchemaMapExample {
  readonly name: string;
  /** Path of the JSON file. */
  readonly file: string;
  readonly map: SchemaMap;
  /** CREATE TABLE statements for MySQL and MariaDB. */
  readonly tables: readonly string[];
  /** The same for SQLite. */
  readonly sqliteTables: readonly string[];
}

/** Names of the examples whose tables can store everything that a store writes. */
export const fullExamples = ['one-table', 'uuid-keys', 'text-keys', 'numeric-status'] as const;

/** Reads `examples/schema-maps/NAME.json` and `.sql`. */
export function schemaMapExample(name: string): SchemaMapExample {
  const file = join(projectRoot(), 'examples/schema-maps', `${name}.json`);
  const tables = readFileSync(file.replace(/json$/, 'sql'), 'utf8')
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
  return { name, file, map: readSchemaMap(readFileSync(file, 'utf8'), file), tables, sqliteTables: tables.map(forSqlite) };
}

const forSqlite = (table: string): string =>
  table.replace(/\w+( UNSIGNED)? AUTO_INCREMENT PRIMARY KEY/g, 'INTEGER PRIMARY KEY AUTOINCREMENT').replace(/ENUM\([^)]*\)/g, 'TEXT');
