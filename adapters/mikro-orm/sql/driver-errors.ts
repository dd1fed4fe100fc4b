import { AuthError } from '../../../core/domain/auth-error.js';
import { mysqlFaultKinds, plainMysqlErrors } from '../mysql/mysql-error-numbers.js';
import { sqliteFaultKinds } from '../sqlite/sqlite-result-codes.js';
import { DatabaseFault, type FaultFacts, type FaultKind } from './database-fault.js';

const retryAfterSeconds = 2;

/**
 * The one place where drivers' errors are read. Each passes through it before anything else sees it: an unreachable or overtaxed
 * database becomes `dependency_unavailable`, contention too (a unit of work tries again first), the rest a `DatabaseFault`.
 */
export function portError(error: unknown): AuthError | DatabaseFault {
  if (error instanceof AuthError || error instanceof DatabaseFault) return error;
  const fault = new DatabaseFault(faultFacts(error));
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

/** What is read of a driver's error, whichever driver made it. */
interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly errcode?: unknown;
  readonly errstr?: unknown;
  readonly message?: unknown;
  readonly sqlMessage?: unknown;
}

function faultFacts(error: unknown): FaultFacts {
  const facts: DriverError = typeof error === 'object' && error !== null ? error : {};
  if (error instanceof OwnFault) return { kind: 'unavailable', code: error.code, detail: error.message };
  if (typeof facts.errcode === 'number') return sqliteFacts(facts.errcode, facts);
  if (typeof facts.errno === 'number' && facts.errno > 0) return mysqlFacts(facts.errno, facts);
  // Neither server's number: the socket, the handshake or the pool failed. Its message may name hosts, never values.
  return { kind: 'unavailable', code: text(facts.code) || 'CONNECTION', detail: text(facts.message) };
}

function mysqlFacts(errno: number, facts: DriverError): FaultFacts {
  const kind: FaultKind = mysqlFaultKinds.get(errno) ?? 'other';
  const message = text(facts.sqlMessage);
  return {
    kind,
    code: text(facts.code) || `ER_${errno}`,
    ...(plainMysqlErrors.has(errno) && { detail: message }),
    column: kind === 'unfit' ? (/\bcolumn (?:`[^`]*`\.)*[`']([^`']+)[`']/i.exec(message)?.[1] ?? null) : null,
    key: kind === 'duplicate' ? (/for key '(?:[^'.]*\.)?([^'.]+)'$/.exec(message)?.[1] ?? null) : null,
  };
}

function sqliteFacts(errcode: number, facts: DriverError): FaultFacts {
  const kind = sqliteFaultKinds.get(errcode) ?? sqliteFaultKinds.get(errcode & 0xff) ?? 'other';
  const constraint = /^[A-Z ]+ constraint failed: (.+)$/.exec(text(facts.message))?.[1] ?? null;
  return {
    kind,
    code: `SQLITE_${errcode}`,
    detail: constraint === null ? text(facts.errstr) : text(facts.message),
    column: kind === 'unfit' ? (constraint?.split('.').at(-1) ?? null) : null,
    key: kind === 'duplicate' ? constraint : null,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
