import { type SchemaFinding, schemaFinding } from '../../../core/domain/operations/schema-finding.js';
import type { ColumnFacts, Columns } from '../schema-map/column-facts.js';
import type { SchemaMap } from '../schema-map/schema-map.js';
import { charsetOf } from './charset-findings.js';
import type { Indexes } from './index-facts.js';

interface KeyColumn {
  readonly table: string;
  readonly column: string;
}

export interface KeyFindingsOptions {
  readonly map: SchemaMap;
  readonly columns: Columns;
  readonly indexes: Indexes;
}

/** Checks the columns that join rows: whether an index serves them, and whether both sides can be compared. */
export function keyFindings({ map, columns, indexes }: KeyFindingsOptions): readonly SchemaFinding[] {
  const key: KeyColumn = { table: map.users.table, column: map.users.key.column };
  const references: readonly KeyColumn[] = [
    ...(map.credentials.kind === 'own_table' ? [{ table: map.credentials.table, column: map.credentials.userId }] : []),
    ...(map.subscriptions === null ? [] : [{ table: map.subscriptions.table, column: map.subscriptions.userId }]),
  ];
  const present = [key, ...references].filter(({ table, column }) => columns.of(table, column) !== null);
  const unserved = present.filter(({ table, column }) => !indexes.serves(table, column));
  return [
    ...unserved.map((place) => schemaFinding('key_index_missing', 'No index serves the column of the key', place)),
    ...references.flatMap((place) => {
      const [one, other] = [columns.of(key.table, key.column), columns.of(place.table, place.column)];
      return one === null || other === null ? [] : comparisonFindings(one, other, place);
    }),
  ];
}

function comparisonFindings(key: ColumnFacts, reference: ColumnFacts, place: KeyColumn): readonly SchemaFinding[] {
  if (key.collation === reference.collation) return [];
  if (key.collation === null || reference.collation === null) {
    // MariaDB's UUID type has no collation and compares with a text.
    if ([key, reference].some(({ dataType }) => dataType === 'uuid')) return [];
    return [schemaFinding('key_types_differ', `The column is ${reference.dataType}, the key of the account ${key.dataType}`, place)];
  }
  const words = `The column is ${reference.collation}, the key of the account ${key.collation}`;
  if (charsetOf(key.collation) !== charsetOf(reference.collation)) return [schemaFinding('key_types_differ', words, place)];
  // Where one of the two collations is binary, the server uses that one.
  const isBinary = ({ collation }: ColumnFacts) => collation?.endsWith('_bin') === true;
  if (isBinary(key)) return [schemaFinding('keys_folded', words, place)];
  return isBinary(reference) ? [] : [schemaFinding('collations_clash', words, place)];
}
