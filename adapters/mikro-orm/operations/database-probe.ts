import { sql } from 'kysely';
import type { HealthProbe } from '../../../core/ports/operations/health-probe.js';
import type { Db } from '../own-entities.js';
import { timeoutError } from '../sql/driver-errors.js';

const timeoutMs = 1800;

/** Checks whether the database responds. */
export class DatabaseProbe implements HealthProbe {
  readonly name = 'database';
  readonly isEssential = true;
  readonly #db: Db;

  constructor({ db }: { readonly db: Db }) {
    this.#db = db;
  }

  async check(): Promise<void> {
    const { promise: lateness, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(timeoutError('answer')), timeoutMs);
    try {
      await Promise.race([sql`select 1`.execute(this.#db), lateness]);
    } finally {
      clearTimeout(timer);
    }
  }
}
