import { readFileSync } from 'node:fs';
import { type SchemaMap, SchemaMapError } from '../../adapters/mikro-orm/schema-map/schema-map.js';
import type { Config } from '../config/config.js';

/**
 * The mapping that `SCHEMA_MAP` names; null for the built-in one, and then its reader is not loaded.
 * @throws SchemaMapError
 */
export async function loadSchemaMap({ schemaMapPath }: Pick<Config, 'schemaMapPath'>): Promise<SchemaMap | null> {
  if (schemaMapPath === null) return null;
  const name = `SCHEMA_MAP (${schemaMapPath})`;
  const { readSchemaMap } = await import('../../adapters/mikro-orm/schema-map/read-schema-map.js');
  return readSchemaMap(textOf(schemaMapPath, name), name);
}

function textOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new SchemaMapError(name, [`cannot be read (${code})`]);
  }
}
