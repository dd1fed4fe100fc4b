import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseFault } from '../../adapters/mikro-orm/sql/database-fault.js';
import { isRefusal } from '../../core/domain/auth-error.js';
import type { Logger } from '../../core/ports/operations/logger.js';

export interface WhenReachableOptions<Opened> {
  readonly open: () => Promise<Opened>;
  readonly logger: Logger;
  /** Without it nothing is waited for. */
  readonly waitUntil?: AbortSignal;
}

const pauseMs = 500;

/**
 * Codes of errors that a retry would get again: the server does not know the account or the database, TLS fails, or the file cannot be
 * opened.
 */
const finalCodes =
  /^(ER_ACCESS_DENIED|ER_DBACCESS_DENIED|ER_BAD_DB|ER_HOST_NOT_PRIVILEGED|ERR_TLS|ERR_SSL|HANDSHAKE_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|SQLITE_)/;

/**
 * Calls `open`, and retries every 500 ms while the database cannot be reached. Logs a warning each time that the reason changes.
 * @throws the error of `open` when a retry would not help, or when `waitUntil` is absent or aborted; AbortError when `waitUntil` aborts
 * between two calls
 */
export async function whenReachable<Opened>({ open, logger, waitUntil }: WhenReachableOptions<Opened>): Promise<Opened> {
  let reason: string | null = null;
  for (;;) {
    try {
      const opened = await open();
      if (reason !== null) logger.info('the database is reachable');
      return opened;
    } catch (error) {
      const code = passingCode(error);
      if (code === null || waitUntil === undefined || waitUntil.aborted) throw error;
      if (code !== reason) logger.warn('the database cannot be reached: waiting for it', { error });
      reason = code;
      await delay(pauseMs, undefined, { signal: waitUntil });
    }
  }
}

/** Why it cannot be reached; null where waiting would not help. */
function passingCode(error: unknown): string | null {
  // What failed first counts, not what failed while it was cleared away.
  if (error instanceof SuppressedError) return passingCode(error.suppressed);
  if (!isRefusal(error, 'dependency_unavailable')) return null;
  const { cause } = error;
  if (!(cause instanceof DatabaseFault)) return error.code;
  // A file that another process writes to is free again by itself.
  return finalCodes.test(cause.code) && cause.kind !== 'contention' ? null : cause.code;
}
