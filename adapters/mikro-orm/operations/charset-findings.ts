import { type SchemaFinding, schemaFinding } from '../../../core/domain/operations/schema-finding.js';
import { nameColumns } from '../accounts/name-columns.js';
import type { Columns } from '../schema-map/column-facts.js';
import type { SchemaMap } from '../schema-map/schema-map.js';

/** Findings on columns of the users table for text that users type, with a character set that lacks some letters. */
export function charsetFindings({ users }: SchemaMap, columns: Columns): readonly SchemaFinding[] {
  const texts = [users.email, ...nameColumns(users.name), ...(users.phone === null ? [] : [users.phone])];
  return texts.flatMap((column) => {
    const charset = charsetOf(columns.of(users.table, column)?.collation ?? null);
    if (charset === null || charset === 'utf8mb4' || charset === 'binary') return [];
    return [schemaFinding('charset_narrow', `The column is of the character set ${charset}`, { table: users.table, column })];
  });
}

/** The first part of a collation's name. */
export const charsetOf = (collation: string | null): string | null => collation?.split('_')[0]?.toLowerCase() ?? null;

/** Collations that ignore case, and whose names do not contain `as` (accent sensitive), treat `é` as `e`. */
export const foldsAccents = (collation: string | null): boolean =>
  collation !== null && /_ci$/i.test(collation) && !/_as_ci$/i.test(collation);
