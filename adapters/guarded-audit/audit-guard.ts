import { AuthError } from '../../core/domain/auth-error.js';

export interface AuditGuardOptions {
  /** Attempts at once from inside units of work: fewer than there are database connections, so that some stay free. */
  readonly maxAttempts: number;
  /** For how long after a failure no unit of work tries, in milliseconds: who signs in then is not held up. */
  readonly restMs: number;
}

/** A row takes a thousandth of that. */
const longestWaitMs = 250;

/**
 * Knows whether the audit log could be written lately. A table that is locked or slow must not hold every database connection of the
 * process: from inside units of work a few attempts are made at once, others wait a moment and are then refused. While the log is
 * known to be broken, one attempt at a time is made, not right after the last, and the others are refused at once.
 */
export class AuditGuard {
  readonly #options: AuditGuardOptions;
  readonly #waiting: (() => void)[] = [];
  #failedAt: number | null = null;
  #attempts = 0;

  constructor(options: AuditGuardOptions) {
    this.#options = options;
  }

  /** Milliseconds since the last attempt, if that one failed; null while all is well. */
  get brokenForMs(): number | null {
    return this.#failedAt === null ? null : performance.now() - this.#failedAt;
  }

  /** Writes, and notes what came of it. */
  async watch(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#failedAt = null;
    } catch (error) {
      this.#failedAt = performance.now();
      throw error;
    }
  }

  /** As `watch`, for a caller who holds a connection. @throws AuthError `dependency_unavailable` */
  async attempt(write: () => Promise<void>): Promise<void> {
    const { maxAttempts, restMs } = this.#options;
    if (this.brokenForMs !== null && (this.#attempts > 0 || this.brokenForMs < restMs)) throw refusal();
    if (this.#attempts >= maxAttempts) await this.#turn();
    this.#attempts += 1;
    try {
      await this.watch(write);
    } finally {
      this.#attempts -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Who waits in vain says so to those who come after. */
  async #turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
      this.#failedAt = performance.now();
      reject(refusal());
    }, longestWaitMs);
    this.#waiting.push(resolve);
    await promise.finally(() => clearTimeout(timer));
  }
}

const refusal = (): AuthError =>
  new AuthError('dependency_unavailable', { cause: new Error('the audit log cannot be written'), retryAfterSeconds: 2 });
