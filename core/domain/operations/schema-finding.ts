interface FindingRule {
  /** `error`: something does not work. `warning`: for some accounts, slowly, or not safely. `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  /** What its owner can do; none of it is ever done here. */
  readonly advice: string;
}

/** Everything that can be found on tables that belong to others, how much it matters, and what can be done. */
export const findingRules = {
  table_missing: { severity: 'error', advice: 'Correct the mapping, or give this account the right to read the table.' },
  column_missing: { severity: 'error', advice: 'Correct the mapping, or ask the owner of the table what became of the column.' },
  type_unfit: { severity: 'error', advice: 'Map another column, or correct the type that the mapping says.' },
  value_unfit: { severity: 'error', advice: 'Name values in the mapping that the column takes.' },
  key_unfit: { severity: 'error', advice: 'Correct users.key in the mapping: who makes the key of a new account depends on it.' },
  key_unusable: {
    severity: 'error',
    advice: 'None of them can log in: correct users.key in the mapping, or ask the owner for keys of at most 191 characters.',
  },
  new_row_unfit: { severity: 'error', advice: 'Correct new_row in the mapping: it names the columns that no other part maps.' },
  value_needed: { severity: 'error', advice: 'Name a constant, or {"now": true}, for the column under new_row in the mapping.' },
  collations_clash: { severity: 'error', advice: 'The server refuses to compare the two; ask their owner for one collation.' },
  keys_folded: {
    severity: 'error',
    advice: 'One account could get the rows of another whose key differs in case alone; ask their owner for the collation of the key.',
  },
  password_column_unfit: { severity: 'error', advice: 'Set CREDENTIAL_WRITES to auto or overlay: then new hashes go to a table of ours.' },
  binlog_of_statements: {
    severity: 'error',
    advice: 'Set binlog_format=ROW or MIXED on the server, for new connections and in its configuration.',
  },
  server_read_only: { severity: 'error', advice: 'Name the primary in DB_URL, or make the server writable.' },
  right_missing: { severity: 'error', advice: 'TokenResponse it: docs/grants.sql has every right that is needed.' },
  address_index_missing: { severity: 'warning', advice: 'Ask the owner for an index on the column: every login reads the whole table.' },
  address_index_unused: {
    severity: 'warning',
    advice: 'Ask the owner for a collation that ignores case: every login reads the whole table.',
  },
  key_index_missing: { severity: 'warning', advice: 'Ask the owner for an index on the column: it is looked up for every login.' },
  key_types_differ: { severity: 'warning', advice: 'Ask the owner for one type on both sides: no index serves where one is converted.' },
  no_transactions: { severity: 'warning', advice: 'Ask the owner for InnoDB: what fails half way leaves its rows behind.' },
  commits_not_durable: {
    severity: 'warning',
    advice: 'Set innodb_flush_log_at_trx_commit=1 and, with a binary log, sync_binlog=1, where accounts must survive a power cut.',
  },
  packet_limit_low: { severity: 'warning', advice: 'Set max_allowed_packet to 16 MiB or more: longer statements are refused.' },
  connections_few: {
    severity: 'warning',
    advice: 'Raise the limit of the server or of the account, or lower DB_POOL_MAX: requests beyond it are answered 503.',
  },
  right_excessive: { severity: 'warning', advice: 'Revoke it: serving never needs it, and who breaks in could use it.' },
  address_ambiguous: { severity: 'warning', advice: 'None of them can log in; correct, close or merge the accounts.' },
  address_unreachable: {
    severity: 'warning',
    advice: 'None of them can log in; correct the addresses: no blanks around them, letters composed (NFC) and small.',
  },
  address_unusable: {
    severity: 'warning',
    advice: 'None of them can log in as they type it; correct the addresses: no control or invisible characters.',
  },
  period_unreadable: { severity: 'warning', advice: 'They count as expired; correct the times: NULL is without end.' },
  hash_unknown: {
    severity: 'warning',
    advice: 'None of them can log in; docs/password-formats.md lists the formats, recipes are for bare digests.',
  },
  credential_ambiguous: { severity: 'warning', advice: 'None of them can log in; leave one row for each account.' },
  definition_changed: { severity: 'warning', advice: 'Make sure that it was meant, then accept it: db check --accept.' },
  credential_missing: { severity: 'info', advice: 'They have no password yet, and cannot log in.' },
  password_column_narrow: { severity: 'info', advice: 'Nothing to do: new hashes go to auth_credentials, and nothing is cut.' },
  address_not_unique: { severity: 'info', advice: 'Nothing to do: a table of ours keeps one account for each address registered here.' },
  address_folded: {
    severity: 'info',
    advice: 'Addresses that differ in accents alone are one to the table: the second cannot be registered.',
  },
  address_column_narrow: { severity: 'info', advice: 'Longer addresses are refused, with the field named.' },
  charset_narrow: { severity: 'info', advice: 'Letters that it lacks are refused, with the field named.' },
  orphan_credentials: { severity: 'info', advice: 'They let nobody in; the owner may delete them.' },
  orphan_subscriptions: { severity: 'info', advice: 'They count for nobody; the owner may delete them.' },
  definition_unknown: { severity: 'info', advice: 'Kept with db migrate, at the start of a server, or by db check --accept.' },
  migrations_pending: { severity: 'info', advice: 'Run db migrate.' },
  rows_unread: { severity: 'info', advice: 'Correct the errors first; then the rows are looked at as well.' },
} as const satisfies Readonly<Record<string, FindingRule>>;

export type FindingCode = keyof typeof findingRules;

export type FindingSeverity = FindingRule['severity'];

/** Something about the existing tables. Holds names of tables and columns, counts and ids: no address, no hash, nothing else of a row. */
export interface SchemaFinding {
  readonly code: FindingCode;
  /** A sentence, without the advice. */
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

export const severityOf = ({ code }: Pick<SchemaFinding, 'code'>): FindingSeverity => findingRules[code].severity;
