import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { type Clock, type ConnectionIdentity, parseSessionId, type TicketStore, userId } from 'move-acces/core';

/** Stores tickets in a file that the processes of one machine share. It stores only digests, so a reader of the file can use no ticket. */
export class SqliteTicketStore implements TicketStore {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;

  constructor({ file, clock }: { readonly file: string; readonly clock: Clock }) {
    this.#database = new DatabaseSync(file, { timeout: 5000 });
    this.#clock = clock;
    this.#database.exec(`pragma journal_mode = wal;
      create table if not exists tickets (digest text primary key, user_id text, session_id text, expires_at integer, gone_at integer)`);
  }

  async put(ticket: string, identity: ConnectionIdentity, ttlSeconds: number): Promise<void> {
    const now = this.#clock.now();
    this.#database.prepare('delete from tickets where gone_at <= ?').run(now);
    this.#database
      .prepare('insert into tickets values (?, ?, ?, ?, ?)')
      .run(digest(ticket), identity.userId, identity.sessionId, identity.expiresAt, Math.ceil(now + ttlSeconds * 1000));
  }

  /** One statement reads and deletes, so only one of two processes gets the row. */
  async take(ticket: string): Promise<ConnectionIdentity | null> {
    const row = this.#database.prepare('delete from tickets where digest = ? returning *').get(digest(ticket));
    const sessionId = parseSessionId(String(row?.session_id));
    if (row === undefined || sessionId === null || Number(row.gone_at) <= this.#clock.now()) return null;
    return { userId: userId(String(row.user_id)), sessionId, expiresAt: Number(row.expires_at) };
  }

  close(): void {
    this.#database.close();
  }
}

const digest = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');
