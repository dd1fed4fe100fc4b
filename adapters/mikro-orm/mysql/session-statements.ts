/** Limits that the server itself enforces, for the case that no caller in this process waits for the statement any more. */
export interface SessionLimits {
  /** Longest wait for a row lock, and for others to finish changing a table's definition: whole seconds. */
  readonly lockWaitSeconds: number;
  /** Longest run of one statement (of a SELECT on MySQL), in milliseconds; 0 is without limit. */
  readonly statementMs: number;
}

/**
 * What a server's configuration could turn against our statements, as every connection has it instead. Each of these exists on
 * MySQL and on MariaDB.
 */
const fixed = [
  'names utf8mb4 collate utf8mb4_general_ci', // as in the handshake, which skip-character-set-client-handshake ignores
  // Under NO_BACKSLASH_ESCAPES the driver's escaping would let texts break out of their quotes; without the strict mode texts are cut.
  "session sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'",
  'session autocommit=1', // without it, what is written outside a transaction goes with the connection
  "session completion_type='NO_CHAIN'", // CHAIN does the same after the first COMMIT, RELEASE hangs up there
  "session time_zone='+00:00'",
  "session lc_messages='en_US'", // the names of keys and columns are read from errors
  'session foreign_key_checks=1',
  'session unique_checks=1',
  'session sql_auto_is_null=0', // it makes `id is null` find the row inserted last
  'session sql_safe_updates=0',
  'session sql_select_limit=18446744073709551615',
  'session sql_big_selects=1', // however small max_join_size is
  'session sql_quote_show_create=1', // fingerprints of definitions are compared
  'session wait_timeout=28800', // an idle connection that the server closes fails the next request
] as const;

/** Sets the isolation level of each transaction that follows. None of them is read-only, unless its own statement makes it so. */
export const isolationStatement = (isolation: 'read committed' | 'repeatable read'): string =>
  `set session transaction isolation level ${isolation}, read write`;

/** For the connections of the pool. */
export function sessionSettings(version: string, limits: SessionLimits): readonly string[] {
  return [...fixed, ...waits(limits), ...(/mariadb/i.test(version) ? ofMariadb(limits) : ofMysql(limits))];
}

/** The same for a connection outside the pool, which does not ask what kind of server it has: each kind reads its own comments. */
export function anyServerSettings(limits: SessionLimits): readonly string[] {
  const [mariadb, mysql] = [ofMariadb(limits), ofMysql(limits)].map((own) => own.join(', '));
  const [first, last] = waits(limits);
  return [...fixed, first, `${last} /*M!100100 , ${mariadb} */ /*!80000 , ${mysql} */`];
}

/**
 * Sets all in one statement. Without a variable that later versions of a server no longer have, since it can do no harm there.
 * @throws what `ask` throws for any other reason
 */
export async function applySettings(ask: (sql: string) => Promise<unknown>, settings: readonly string[]): Promise<void> {
  try {
    await ask(`set ${settings.join(', ')}`);
  } catch (error) {
    unlessUnknown(error);
    for (const setting of settings) await ask(`set ${setting}`).catch(unlessUnknown);
  }
}

function unlessUnknown(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ER_UNKNOWN_SYSTEM_VARIABLE')) throw error;
}

const waits = ({ lockWaitSeconds }: SessionLimits): readonly [string, string] => [
  `session innodb_lock_wait_timeout=${lockWaitSeconds}`,
  `session lock_wait_timeout=${lockWaitSeconds}`,
];

const ofMariadb = ({ statementMs }: SessionLimits): readonly string[] => [
  `session max_statement_time=${statementMs / 1000}`,
  'session check_constraint_checks=1',
];

const ofMysql = ({ statementMs }: SessionLimits): readonly string[] => [
  `session max_execution_time=${statementMs}`,
  'session show_create_table_verbosity=0',
];
