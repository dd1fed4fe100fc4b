import { AuthError } from '../../../core/domain/auth-error.js';
import { mysqlFacts } from '../mysql/mysql-facts.js';
import type { MysqlServer } from '../mysql/mysql-server.js';
import { sqliteFacts } from '../sqlite/sqlite-facts.js';
import { DatabaseFault, type FaultFacts } from './database-fault.js';
import { type DriverError, textOf } from './driver-error.js';

const retryAfterSeconds = 2;

/**
 * The one place where drivers' errors are read. Each passes through it before anything else sees it: an unreachable or overtaxed
 * database becomes `dependency_unavailable`, contention too (a unit of work tries again first), the rest a `DatabaseFault`. `server` is
 * the one whose error numbers are read; null where that is not known.
 */
export function portError(error: unknown, server: MysqlServer | null = null): AuthError | DatabaseFault {
  if (error instanceof AuthError || error instanceof DatabaseFault) return error;
  const fault = new DatabaseFault(faultFacts(error, server));
  const isPassing = fault.kind === 'unavailable' || fault.kind === 'contention';
  return isPassing ? new AuthError('dependency_unavailable', { cause: fault, retryAfterSeconds }) : fault;
}

/** For a wait that was given up on this side. */
export function timeoutError(what: 'connection' | 'answer'): AuthError | DatabaseFault {
  return portError(new OwnFault('TIMEOUT', `no ${what} in time`));
}

/** For an embedded database whose file is no longer the one that was opened. */
export function movedFileError(): AuthError | DatabaseFault {
  return portError(
    new OwnFault('SQLITE_MOVED', 'the file of the database was deleted or replaced while it was open: start this process anew'),
  );
}

/** Whether the same work may succeed if it is simply done again. */
export const isContention = (error: unknown): boolean =>
  error instanceof AuthError && error.cause instanceof DatabaseFault && error.cause.kind === 'contention';

/** For a row that another transaction has locked, and that is not waited for. */
export const heldRowError = (): AuthError =>
  new AuthError('dependency_unavailable', {
    cause: new DatabaseFault({ kind: 'contention', code: 'ROW_HELD', detail: 'another transaction has locked the row' }),
    retryAfterSeconds,
  });

const heldUpCodes: ReadonlySet<string> = new Set(['ROW_HELD', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT']);

/** Whether it is contention for a row, or a table, that another transaction keeps locked: the same again would wait again. */
export const isHeldUp = (error: unknown): boolean =>
  isContention(error) && error instanceof AuthError && error.cause instanceof DatabaseFault && heldUpCodes.has(error.cause.code);

/** Whether the connection that reported this is of no more use. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof AuthError && error.cause instanceof DatabaseFault && error.cause.kind === 'unavailable';

/** What this side notices; its message names no value. */
class OwnFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function faultFacts(error: unknown, server: MysqlServer | null): FaultFacts {
  const facts: DriverError = typeof error === 'object' && error !== null ? error : {};
  if (error instanceof OwnFault) return { kind: 'unavailable', code: error.code, detail: error.message };
  if (typeof facts.errcode === 'number') return sqliteFacts(facts.errcode, facts);
  if (typeof facts.errno === 'number' && facts.errno > 0) return mysqlFacts(facts.errno, facts, server);
  // Neither server's number: the socket, the handshake or the pool failed. Its message may name hosts, never values.
  return { kind: 'unavailable', code: textOf(facts.code) || 'CONNECTION', detail: textOf(facts.message) };
}
