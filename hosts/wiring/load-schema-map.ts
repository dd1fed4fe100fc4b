import { readFileSync } from 'node:fs';
import { readSchemaMap } from '../../adapters/mikro-orm/schema-map/read-schema-map.js';
import type { SchemaMap } from '../../adapters/mikro-orm/schema-map/schema-map.js';
import { SchemaMapError } from '../../adapters/mikro-orm/schema-map/schema-map-error.js';
import type { Config } from '../config/config.js';

/**
 * The mapping that `SCHEMA_MAP` names; null for the built-in one.
 * @throws SchemaMapError
 */
export function loadSchemaMap({ schemaMapPath }: Pick<Config, 'schemaMapPath'>): SchemaMap | null {
  if (schemaMapPath === null) return null;
  const name = `SCHEMA_MAP (${schemaMapPath})`;
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
