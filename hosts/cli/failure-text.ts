import { AuthError } from '../../core/domain/auth-error.js';
import { refusalWords } from './exit-codes.js';
import { safeText } from './output/safe-text.js';

/** A failure, as a code for scripts and as sentences for people. */
export interface FailureText {
  /** An error code of the service, `configuration`, `database`, `declined` or `failed`. */
  readonly code: string;
  /** Sentences; each line is one problem. */
  readonly lines: readonly string[];
}

/** Advice on database errors that an operator can solve, by the error names of MySQL and MariaDB. */
const databaseAdvice: Readonly<Record<string, string>> = {
  ER_ACCESS_DENIED_ERROR: 'The database refuses the account in DB_URL',
  ER_DBACCESS_DENIED_ERROR: 'The account in DB_URL may not use this database',
  ER_TABLEACCESS_DENIED_ERROR: 'The account in DB_URL lacks a right',
  ER_COLUMNACCESS_DENIED_ERROR: 'The account in DB_URL lacks a right',
  ER_SPECIFIC_ACCESS_DENIED_ERROR: 'The account in DB_URL lacks a right',
  ER_BAD_DB_ERROR: 'The server has no such database',
  ER_BINLOG_STMT_MODE_AND_ROW_ENGINE: 'Set binlog_format=ROW or MIXED on the server',
  ER_SECURE_TRANSPORT_REQUIRED: 'The server takes encrypted connections only: add ssl_mode to DB_URL',
  ER_NO_SUCH_TABLE: 'A table is missing, see "db status"',
};

export function failureText(error: unknown): FailureText {
  // The first error counts, not an error during the cleanup after it.
  if (error instanceof SuppressedError) return failureText(error.suppressed);
  if (error instanceof AuthError) return refusalText(error);
  if (!(error instanceof Error)) return { code: 'failed', lines: [safeText(String(error))] };
  // One problem a line. No line contains a value from the environment.
  if (error.name === 'ConfigError') return { code: 'configuration', lines: error.message.split('\n').map(safeText) };
  const advice = databaseSentence(error);
  if (advice !== null) return { code: 'database', lines: [advice] };
  return { code: error.name === 'Declined' ? 'declined' : 'failed', lines: [safeText(error.message)] };
}

function refusalText(refusal: AuthError): FailureText {
  const { code, cause } = refusal;
  const violations = refusal.detailOf('validation_failed')?.violations ?? [];
  const advice = cause instanceof Error ? databaseSentence(cause) : null;
  if (advice !== null) return { code, lines: [advice] };
  const isDatabase = cause instanceof Error && cause.name === 'DatabaseFault';
  const words = code === 'dependency_unavailable' && isDatabase ? 'The database cannot be reached' : refusalWords[code];
  const reasons = violations.map(({ field, rule }) => (field === null ? `it wants ${rule}` : `${field} wants to be ${rule}`));
  if (cause instanceof Error) reasons.push(detailOf(cause));
  return { code, lines: [safeText(`${words}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}.`)] };
}

/** Returns null for an error that is not from a database, and for one that only the driver's text explains. */
function databaseSentence(error: Error): string | null {
  if (error.name !== 'DatabaseFault' || !('code' in error) || typeof error.code !== 'string') return null;
  const advice = databaseAdvice[error.code];
  return advice === undefined ? null : safeText(`${advice}: ${detailOf(error)}.`);
}

/** The driver's text, without the error number. */
const detailOf = ({ message }: Error): string => message.replace(/^database error \w+: /, '');
