import type { Columns } from './column-facts.js';
import { type MappedColumn, mappedColumns } from './mapped-columns.js';
import type { Fills, SchemaMap } from './schema-map.js';

const uuidLength = 36;
const types = {
  time: ['date', 'datetime', 'timestamp'],
  text: ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum'],
  integer: ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
  uuid: ['uuid', 'char', 'varchar'],
} as const;

/**
 * What the live tables have against a mapping, each problem with the path in the JSON, the table and the column; none when it can be
 * worked with. Looks at no row.
 */
export function schemaMapProblems(map: SchemaMap, columns: Columns): readonly string[] {
  const mapped = mappedColumns(map);
  return [
    ...tableProblems(map, columns),
    ...mapped.flatMap((column) => columnProblems(column, columns)),
    ...keyProblems(map, columns),
    ...newRowProblems(map, columns, mapped),
  ];
}

function tableProblems(map: SchemaMap, columns: Columns): readonly string[] {
  const tables = [
    ['users.table', map.users.table],
    ...(map.credentials.kind === 'own_table' ? [['credentials.table', map.credentials.table]] : []),
    ...(map.subscriptions === null ? [] : [['subscriptions.table', map.subscriptions.table]]),
  ] as const;
  return tables
    .filter(([, table = '']) => columns.namesIn(table).length === 0)
    .map(([path, table]) => `${path}: there is no table "${table}", or this account may not see it`);
}

function columnProblems({ path, table, column, holds, values }: MappedColumn, columns: Columns): readonly string[] {
  if (columns.namesIn(table).length === 0) return [];
  const facts = columns.of(table, column);
  if (facts === null) return [`${path}: table "${table}" has no column "${column}"`];
  const allowed: readonly string[] | null = holds && types[holds];
  if (allowed !== null && facts.dataType !== '' && !allowed.includes(facts.dataType)) {
    return [`${path}: column "${column}" of table "${table}" is of type ${facts.dataType}, not one of ${allowed.join(', ')}`];
  }
  const unknown = values.filter((value) => facts.values !== null && value !== null && !facts.values.includes(String(value)));
  return unknown.map((value) => `${path}: column "${column}" of table "${table}" takes no value ${JSON.stringify(value)}`);
}

/** Who makes the key of a new account. */
function keyProblems({ users: { table, key } }: SchemaMap, columns: Columns): readonly string[] {
  const facts = columns.of(table, key.column);
  if (facts === null) return [];
  const place = `users.key.column: column "${key.column}" of table "${table}"`;
  if (key.kind === 'integer') return facts.isNumbered ? [] : [`${place} is not counted up by the database (AUTO_INCREMENT)`];
  const { maxLength } = facts;
  return maxLength !== null && maxLength < uuidLength
    ? [`${place} holds ${maxLength} characters, too few for the UUID of a new account`]
    : [];
}

function newRowProblems(map: SchemaMap, columns: Columns, mapped: readonly MappedColumn[]): readonly string[] {
  const { users, credentials } = map;
  const problemsOf = (path: string, table: string, fills: Fills) => {
    const written = mapped.filter((column) => column.table === table && column.isInNewRow).map(({ column }) => column.toLowerCase());
    const filled = Object.keys(fills).map((column) => column.toLowerCase());
    const twice = Object.keys(fills).filter((column) => written.includes(column.toLowerCase()));
    const unknown = Object.keys(fills).filter((column) => columns.namesIn(table).length > 0 && columns.of(table, column) === null);
    const needed = columns
      .namesIn(table)
      .filter((column) => columns.of(table, column)?.needsValue && ![...written, ...filled].includes(column));
    return [
      ...unknown.map((column) => `${path}.${column}: table "${table}" has no column "${column}"`),
      ...twice.map((column) => `${path}.${column}: column "${column}" of table "${table}" is written already, being mapped`),
      ...needed.map((column) => `${path}: a new row of table "${table}" needs a value for its column "${column}" (NOT NULL, no default)`),
    ];
  };
  return [
    ...problemsOf('users.new_row', users.table, users.fills),
    ...(credentials.kind === 'own_table' ? problemsOf('credentials.new_row', credentials.table, credentials.fills) : []),
  ];
}
