/** `error`: something does not work. `warning`: for some accounts, slowly, or not safely. `info`: good to know. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** Everything that can be found on tables that belong to others, and how much it matters. Nothing of it is ever mended here. */
export const findingSeverities = {
  table_missing: 'error',
  column_missing: 'error',
  type_unfit: 'error',
  value_unfit: 'error',
  key_unfit: 'error',
  key_unusable: 'error',
  new_row_unfit: 'error',
  value_needed: 'error',
  collations_clash: 'error',
  keys_folded: 'error',
  password_column_unfit: 'error',
  binlog_of_statements: 'error',
  server_read_only: 'error',
  right_missing: 'error',
  address_index_missing: 'warning',
  address_index_unused: 'warning',
  key_index_missing: 'warning',
  key_types_differ: 'warning',
  no_transactions: 'warning',
  commits_not_durable: 'warning',
  packet_limit_low: 'warning',
  connections_few: 'warning',
  right_excessive: 'warning',
  address_ambiguous: 'warning',
  address_unreachable: 'warning',
  address_unusable: 'warning',
  period_unreadable: 'warning',
  hash_unknown: 'warning',
  credential_ambiguous: 'warning',
  definition_changed: 'warning',
  credential_missing: 'info',
  password_column_narrow: 'info',
  address_not_unique: 'info',
  address_folded: 'info',
  address_column_narrow: 'info',
  charset_narrow: 'info',
  orphan_credentials: 'info',
  orphan_subscriptions: 'info',
  definition_unknown: 'info',
  migrations_pending: 'info',
  rows_unread: 'info',
} as const satisfies Readonly<Record<string, FindingSeverity>>;

export type FindingCode = keyof typeof findingSeverities;

/** Something about the existing tables. Holds names of tables and columns, counts and ids: no address, no hash, nothing else of a row. */
export interface SchemaFinding {
  readonly code: FindingCode;
  /** A sentence on what was found, without what can be done about it. */
  readonly message: string;
  readonly table: string | null;
  readonly column: string | null;
  /** Rows or accounts that it is about; null where it is about a definition. */
  readonly count: number | null;
  /** Of some of those accounts. */
  readonly ids: readonly string[];
}

/** Fills in what a finder has nothing to say of. */
export const schemaFinding = (
  code: FindingCode,
  message: string,
  { table = null, column = null, count = null, ids = [] }: Partial<SchemaFinding> = {},
): SchemaFinding => ({ code, message, table, column, count, ids });

export const severityOf = ({ code }: Pick<SchemaFinding, 'code'>): FindingSeverity => findingSeverities[code];
