import { type SchemaFinding, schemaFinding } from '../../../core/domain/operations/schema-finding.js';
import type { Columns } from '../schema-map/column-facts.js';
import { argon2Length, shortestArgon2Length } from '../schema-map/existing-tables.js';
import type { SchemaMap } from '../schema-map/schema-map.js';
import { schemaMapFaults } from '../schema-map/schema-map-problems.js';
import { charsetFindings, foldsAccents } from './charset-findings.js';
import type { Indexes } from './index-facts.js';
import { keyFindings } from './key-findings.js';

export interface DefinitionFindingsOptions {
  readonly map: SchemaMap;
  readonly columns: Columns;
  readonly indexes: Indexes;
  /** Tables of an engine without transactions: the engine by table name. */
  readonly engines: ReadonlyMap<string, string>;
  /** Where new hashes are written. */
  readonly credentialWrites: 'auto' | 'table' | 'overlay';
}

const longestAddress = 254;

/** Reports where the definitions do not fit the mapping, make logins slow, or prevent writes. */
export function definitionFindings(options: DefinitionFindingsOptions): readonly SchemaFinding[] {
  const { map, columns, engines } = options;
  const faults = schemaMapFaults(map, columns).map(({ code, path, problem, table, column }) =>
    schemaFinding(code, `${path}: ${problem}`, { table, column }),
  );
  const withoutTransactions = [...engines].map(([table, engine]) =>
    schemaFinding('no_transactions', `The table is of the engine ${engine}, which has no transactions`, { table }),
  );
  return [
    ...faults,
    ...keyFindings(options),
    ...addressFindings(options),
    ...passwordFindings(options),
    ...charsetFindings(map, columns),
    ...withoutTransactions,
  ];
}

function addressFindings({ map, columns, indexes }: DefinitionFindingsOptions): readonly SchemaFinding[] {
  const { table, email: column } = map.users;
  const facts = columns.of(table, column);
  if (facts === null) return [];
  const place = { table, column };
  const findings: SchemaFinding[] = [];
  const isUnique = indexes.isUnique(table, column);
  if (!indexes.serves(table, column))
    findings.push(schemaFinding('address_index_missing', 'No index serves the column of the address', place));
  else if (facts.isCaseSensitive) {
    findings.push(
      schemaFinding('address_index_unused', 'The column of the address tells case apart, so that its index is of no use', place),
    );
  }
  if (!isUnique) findings.push(schemaFinding('address_not_unique', 'No unique index keeps addresses apart', place));
  else if (foldsAccents(facts.collation)) {
    findings.push(schemaFinding('address_folded', `The unique index ignores accents (${facts.collation})`, place));
  }
  if (facts.maxLength !== null && facts.maxLength < longestAddress) {
    findings.push(schemaFinding('address_column_narrow', `The column holds addresses of up to ${facts.maxLength} characters`, place));
  }
  return findings;
}

function passwordFindings({ map, columns, credentialWrites }: DefinitionFindingsOptions): readonly SchemaFinding[] {
  const { table, passwordHash: column } = map.credentials;
  const width = columns.of(table, column)?.maxLength ?? argon2Length;
  if (width >= argon2Length) return [];
  const message = `The column holds ${width} characters, and an Argon2id hash has ${shortestArgon2Length} or more`;
  if (credentialWrites !== 'table') return [schemaFinding('password_column_narrow', message, { table, column })];
  return width < shortestArgon2Length ? [schemaFinding('password_column_unfit', message, { table, column })] : [];
}
