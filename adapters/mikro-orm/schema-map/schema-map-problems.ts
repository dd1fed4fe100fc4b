import type { FindingCode } from '../../../core/domain/operations/schema-finding.js';
import type { ColumnFacts, Columns } from './column-facts.js';
import { type MappedColumn, mappedColumns } from './mapped-columns.js';
import type { Fills, SchemaMap } from './schema-map.js';

const uuidLength = 36;
const types = {
  time: ['date', 'datetime', 'timestamp'],
  text: ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum'],
  integer: ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
  uuid: ['uuid', 'char', 'varchar'],
} as const;

/** Something in the live tables that a mapping cannot be worked with for. */
export interface SchemaMapFault {
  readonly code: FindingCode;
  /** In the JSON. */
  readonly path: string;
  /** Names the table and the column. */
  readonly problem: string;
  readonly table: string;
  /** Null where it is about the table. */
  readonly column: string | null;
}

/** The faults as texts, each with the path in the JSON. */
export const schemaMapProblems = (map: SchemaMap, columns: Columns): readonly string[] =>
  schemaMapFaults(map, columns).map(({ path, problem }) => `${path}: ${problem}`);

/** What the live tables have against a mapping; nothing when it can be worked with. Looks at no row. */
export function schemaMapFaults(map: SchemaMap, columns: Columns): readonly SchemaMapFault[] {
  const mapped = mappedColumns(map);
  return [
    ...tableFaults(map, columns),
    ...mapped.flatMap((column) => columnFaults(column, columns)),
    ...keyFaults(map, columns),
    ...newRowFaults(map, columns, mapped),
  ];
}

function tableFaults(map: SchemaMap, columns: Columns): readonly SchemaMapFault[] {
  const tables = [
    ['users.table', map.users.table],
    ...(map.credentials.kind === 'own_table' ? [['credentials.table', map.credentials.table]] : []),
    ...(map.subscriptions === null ? [] : [['subscriptions.table', map.subscriptions.table]]),
  ] as const;
  return tables
    .filter(([, table = '']) => columns.namesIn(table).length === 0)
    .map(([path, table]) => {
      const problem = `there is no table "${table}", or this account may not see it`;
      return { code: 'table_missing', path, problem, table, column: null };
    });
}

function columnFaults({ path, table, column, holds, values }: MappedColumn, columns: Columns): readonly SchemaMapFault[] {
  if (columns.namesIn(table).length === 0) return [];
  const facts = columns.of(table, column);
  const fault = (code: FindingCode, problem: string) => ({ code, path, problem, table, column });
  if (facts === null) return [fault('column_missing', `table "${table}" has no column "${column}"`)];
  const place = `column "${column}" of table "${table}"`;
  const allowed: readonly string[] | null = holds && types[holds];
  if (allowed !== null && facts.dataType !== '' && !allowed.includes(facts.dataType)) {
    return [fault('type_unfit', `${place} is of type ${facts.dataType}, not one of ${allowed.join(', ')}`)];
  }
  const unknown = values.filter((value) => facts.values !== null && value !== null && !facts.values.includes(String(value)));
  return unknown.map((value) => fault('value_unfit', `${place} takes no value ${JSON.stringify(value)}`));
}

/** Who makes the key of a new account. */
function keyFaults({ users: { table, key } }: SchemaMap, columns: Columns): readonly SchemaMapFault[] {
  const facts = columns.of(table, key.column);
  const reason = facts && keyReason(key.kind, facts);
  if (!reason) return [];
  const problem = `column "${key.column}" of table "${table}" ${reason}`;
  return [{ code: 'key_unfit', path: 'users.key.column', problem, table, column: key.column }];
}

function keyReason(kind: SchemaMap['users']['key']['kind'], { isNumbered, isShortUuid, maxLength }: ColumnFacts): string | null {
  if (kind === 'integer')
    return isNumbered || isShortUuid ? null : 'is not counted up by the database (AUTO_INCREMENT), and UUID_SHORT() is not its default';
  const isNarrow = maxLength !== null && maxLength < uuidLength;
  return isNarrow ? `holds ${maxLength} characters, too few for the UUID of a new account` : null;
}

function newRowFaults(map: SchemaMap, columns: Columns, mapped: readonly MappedColumn[]): readonly SchemaMapFault[] {
  const { users, credentials } = map;
  const faultsOf = (path: string, table: string, fills: Fills): readonly SchemaMapFault[] => {
    const written = mapped.filter((column) => column.table === table && column.isInNewRow).map(({ column }) => column.toLowerCase());
    const filled = Object.keys(fills).map((column) => column.toLowerCase());
    const twice = Object.keys(fills).filter((column) => written.includes(column.toLowerCase()));
    const unknown = Object.keys(fills).filter((column) => columns.namesIn(table).length > 0 && columns.of(table, column) === null);
    const needed = columns
      .namesIn(table)
      .filter((column) => columns.of(table, column)?.needsValue && ![...written, ...filled].includes(column));
    const fault = (code: FindingCode, column: string, problem: string) => ({ code, path: `${path}.${column}`, problem, table, column });
    return [
      ...unknown.map((column) => fault('new_row_unfit', column, `table "${table}" has no column "${column}"`)),
      ...twice.map((column) => fault('new_row_unfit', column, `column "${column}" of table "${table}" is written already, being mapped`)),
      ...needed.map((column) => {
        const problem = `a new row of table "${table}" needs a value for its column "${column}" (NOT NULL, no default)`;
        return { ...fault('value_needed', column, problem), path };
      }),
    ];
  };
  return [
    ...faultsOf('users.new_row', users.table, users.fills),
    ...(credentials.kind === 'own_table' ? faultsOf('credentials.new_row', credentials.table, credentials.fills) : []),
  ];
}
