import type { Instant } from '../../../core/domain/instant.js';
import { isLive } from '../../../core/domain/sessions/session.js';
import type { HeldSessionLock, SessionLock, SessionOwners } from '../../../core/ports/sessions/session-lock.js';
import type { MemoryDatabase } from '../memory-database.js';

/** Holds the only turn to write, so all other writes wait. */
export class MemorySessionLock implements SessionLock {
  readonly #database: MemoryDatabase;

  constructor(options: { readonly database: MemoryDatabase }) {
    this.#database = options.database;
  }

  async acquire(owners: SessionOwners, now: Instant): Promise<HeldSessionLock | null> {
    const judged = Promise.withResolvers<boolean>();
    const released = Promise.withResolvers<void>();
    const turn = this.#database.write(async ({ sessions }) => {
      const isOpen = Array.from(sessions.entries(), ([, session]) => session).some(
        (session) => isLive(session, now) && (owners.kind === 'all' || session.userId === owners.userId),
      );
      judged.resolve(isOpen);
      if (!isOpen) await released.promise;
    });
    if (await judged.promise) {
      await turn;
      return null;
    }
    return {
      release: async () => {
        released.resolve();
        await turn;
      },
    };
  }
}
