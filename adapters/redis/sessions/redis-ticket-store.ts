import { createHash } from 'node:crypto';
import { parseSessionId, userId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import type { ConnectionIdentity, TicketStore } from '../../../core/ports/sessions/ticket-store.js';
import type { MessageGuard } from '../message-guard.js';
import { parseJsonArray } from '../parse-json-array.js';
import type { RedisConnection } from '../redis-connection.js';
import { redisReply } from '../redis-reply.js';

export interface RedisTicketStoreOptions {
  readonly redis: RedisConnection;
  readonly guard: MessageGuard;
}

/**
 * Tickets that every process can take. The key is the ticket's digest, so that a reader of Redis does not learn the ticket. The value
 * carries a MAC over itself and its key, so that a writer of Redis cannot create a ticket, move a value to another ticket, or extend its
 * lifetime.
 */
export class RedisTicketStore implements TicketStore {
  readonly #options: RedisTicketStoreOptions;

  constructor(options: RedisTicketStoreOptions) {
    this.#options = options;
  }

  async put(ticket: string, identity: ConnectionIdentity, ttlSeconds: number): Promise<void> {
    const { redis, guard } = this.#options;
    const key = keyOf(ticket);
    const ttlMs = Math.round(ttlSeconds * 1000);
    const kept = { identity, endsAt: guard.after(ttlMs) };
    await redisReply(redis.client.set(key, encode(kept, guard.sign('ticket', signedText(key, kept))), 'PX', ttlMs));
  }

  async take(ticket: string): Promise<ConnectionIdentity | 'unverified' | null> {
    const { redis, guard } = this.#options;
    const key = keyOf(ticket);
    const value = await redisReply(redis.client.getdel(key));
    if (value === null) return null;
    const { kept, mac } = parse(value);
    if (kept !== null && guard.isGenuine('ticket', signedText(key, kept), mac)) return guard.hasPassed(kept.endsAt) ? null : kept.identity;
    guard.reject('ticket');
    return 'unverified';
  }
}

const keyOf = (ticket: string): string => `ma:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;

interface KeptTicket {
  readonly identity: ConnectionIdentity;
  /** When the ticket expires. Redis deletes it then, unless other software extends the key's lifetime. */
  readonly endsAt: Instant;
}

/** The previous version reads the first three values. */
const encode = ({ identity, endsAt }: KeptTicket, mac: string): string =>
  JSON.stringify([identity.userId, identity.sessionId, identity.expiresAt, mac, endsAt]);

const signedText = (key: string, { identity, endsAt }: KeptTicket): string =>
  JSON.stringify([key, identity.userId, identity.sessionId, identity.expiresAt, endsAt]);

/** Returns null for a text that cannot be a ticket, such as one of the previous version, which has no MAC and no expiry. */
function parse(text: string): { readonly kept: KeptTicket | null; readonly mac: string } {
  const [id, session, expiresAt, mac, endsAt] = parseJsonArray(text, 1024) ?? [];
  const sessionId = typeof session === 'string' ? parseSessionId(session) : null;
  if (typeof id !== 'string' || sessionId === null || !isWhole(expiresAt) || typeof mac !== 'string' || !isWhole(endsAt)) {
    return { kept: null, mac: '' };
  }
  return { kept: { identity: { userId: userId(id), sessionId, expiresAt }, endsAt }, mac };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
