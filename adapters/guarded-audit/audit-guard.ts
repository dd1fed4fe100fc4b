import { AuthError } from '../../core/domain/auth-error.js';
import { Semaphore } from '../concurrency/semaphore.js';

export interface AuditGuardOptions {
  /** Attempts at once from inside units of work: fewer than there are database connections, so that some stay free. */
  readonly maxAttempts: number;
  /** For how long after a failure no unit of work tries to write, in milliseconds: the audit log does not delay a sign-in in that time. */
  readonly restMs: number;
}

/** A row takes a thousandth of that. */
const maxWaitMs = 250;

/**
 * Records whether the last write to the audit log succeeded. A table that is locked or slow must not hold every database connection of the
 * process. So units of work make at most `maxAttempts` attempts at once; others wait up to 250 ms, and the guard then refuses them.
 * While the log is known to be broken, the guard allows one attempt at a time, at least `restMs` after the last failure, and refuses the
 * others at once.
 */
export class AuditGuard {
  readonly #restMs: number;
  readonly #attempts: Semaphore;
  #failedAt: number | null = null;

  constructor({ maxAttempts, restMs }: AuditGuardOptions) {
    this.#restMs = restMs;
    this.#attempts = new Semaphore({ places: maxAttempts, maxWaitMs, refusal: () => this.#timedOut() });
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
    if (this.brokenForMs !== null && (this.#attempts.running > 0 || this.brokenForMs < this.#restMs)) throw refusal();
    await this.#attempts.run(() => this.watch(write));
  }

  /** A caller that times out marks the log as broken, so later callers fail fast. */
  #timedOut(): AuthError {
    this.#failedAt = performance.now();
    return refusal();
  }
}

const refusal = (): AuthError =>
  new AuthError('dependency_unavailable', { cause: new Error('the audit log cannot be written'), retryAfterSeconds: 2 });
