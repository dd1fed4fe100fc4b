/** What the server itself enforces, for the case that nobody on this side waits any more. */
export interface SessionLimits {
  /** Longest wait for a row lock, and for others to finish changing a table's definition: whole seconds. */
  readonly lockWaitSeconds: number;
  /** Longest run of one statement (of a SELECT on MySQL), in milliseconds; 0 is without limit. */
  readonly statementMs: number;
}

/**
 * What every connection is told first. The SQL mode matters most: under the server's NO_BACKSLASH_ESCAPES the driver's escaping
 * would let texts break out of their quotes; without the strict mode texts would be cut. Under READ COMMITTED a read in a
 * transaction sees what others have committed, which the comparing updates rely on.
 */
export function sessionStatements(version: string, limits: SessionLimits): readonly string[] {
  const limit = /mariadb/i.test(version) ? `max_statement_time=${limits.statementMs / 1000}` : `max_execution_time=${limits.statementMs}`;
  const waits = `innodb_lock_wait_timeout=${limits.lockWaitSeconds}, lock_wait_timeout=${limits.lockWaitSeconds}`;
  return [
    `set session sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', time_zone='+00:00', ${waits}, ${limit}`,
    'set session transaction isolation level read committed',
  ];
}
