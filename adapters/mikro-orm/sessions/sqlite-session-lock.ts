import { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../core/domain/instant.js';
import type { HeldSessionLock, SessionLock, SessionOwners } from '../../../core/ports/sessions/session-lock.js';
import { isContention, portError } from '../sql/driver-errors.js';

const busyMs = 2000;

/** Holds the write lock of the file, on a connection of its own: every other connection that wants to write waits. */
export class SqliteSessionLock implements SessionLock {
  readonly #file: string;

  constructor({ file }: { readonly file: string }) {
    this.#file = file;
  }

  async acquire(owners: SessionOwners, now: Instant): Promise<HeldSessionLock | null> {
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(this.#file, { timeout: busyMs });
      database.exec('begin immediate');
      if (isAnyLive(database, owners, now)) {
        database.close();
        return null;
      }
      const held = database;
      return { release: async () => held.close() };
    } catch (error) {
      if (database?.isOpen) database.close();
      const failure = portError(error);
      if (isContention(failure)) return null;
      throw failure;
    }
  }
}

function isAnyLive(database: DatabaseSync, owners: SessionOwners, now: Instant): boolean {
  const isLive = 'select 1 as one from auth_sessions where revoked_at is null and idle_expires_at > ?';
  if (owners.kind === 'all') return database.prepare(`${isLive} limit 1`).get(now) !== undefined;
  return database.prepare(`${isLive} and user_id = ? limit 1`).get(now, owners.userId) !== undefined;
}
