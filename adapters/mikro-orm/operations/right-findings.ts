import { type SchemaFinding, schemaFinding } from '../../../core/domain/operations/schema-finding.js';
import { neededRights } from '../schema-map/grant-script.js';
import { existingTableNames } from '../schema-map/mapped-columns.js';
import type { SchemaMap } from '../schema-map/schema-map.js';
import type { AccountRights } from './account-rights.js';

export interface RightFindingsOptions {
  readonly map: SchemaMap;
  readonly database: string;
  readonly rights: AccountRights;
  /** Whether all of this product's tables exist: before that, the rights on them cannot be checked. */
  readonly isMigrated: boolean;
}

/** The rights that change a definition. */
const definingRights = ['CREATE', 'ALTER', 'DROP', 'INDEX', 'REFERENCES', 'TRIGGER'];

/**
 * Reports rights that the database user lacks for serving, and rights to change the existing tables' definitions, which it should not have.
 */
export function rightFindings({ map, database, rights, isMigrated }: RightFindingsOptions): readonly SchemaFinding[] {
  const theirs = existingTableNames(map);
  const needed = [...neededRights(map)].filter(([table]) => isMigrated || theirs.includes(table));
  const missing = needed.flatMap(([table, list]) => {
    const lacking = list.filter((right) => !rights.has(right, { database, table }));
    return lacking.length === 0
      ? []
      : [schemaFinding('right_missing', `The account in DB_URL lacks the right to ${lacking.join(', ')}`, { table })];
  });
  const excessive = theirs.flatMap((table) => {
    const had = definingRights.filter((right) => rights.has(right, { database, table }));
    return had.length === 0
      ? []
      : [schemaFinding('right_excessive', `The account in DB_URL has the right to ${had.join(', ')}`, { table })];
  });
  return [...missing, ...excessive];
}
