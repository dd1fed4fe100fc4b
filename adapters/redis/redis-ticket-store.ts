import { createHash } from 'node:crypto';
import { AuthError } from '../../core/domain/auth-error.js';
import { parseSessionId, userId } from '../../core/domain/ids.js';
import type { TicketGrant, TicketStore } from '../../core/ports/ticket-store.js';
import type { RedisConnection } from './redis-connection.js';

/** Tickets that every process can take. The key is the ticket's digest: who reads Redis holds no ticket. */
export class RedisTicketStore implements TicketStore {
  readonly #redis: RedisConnection;

  constructor(options: { readonly redis: RedisConnection }) {
    this.#redis = options.redis;
  }

  async put(ticket: string, { userId: id, sessionId, expiresAt }: TicketGrant, ttlSeconds: number): Promise<void> {
    const grant = JSON.stringify([id, sessionId, expiresAt]);
    await reached(this.#redis.client.set(keyOf(ticket), grant, 'PX', Math.round(ttlSeconds * 1000)));
  }

  async take(ticket: string): Promise<TicketGrant | null> {
    const grant = await reached(this.#redis.client.getdel(keyOf(ticket)));
    return grant === null ? null : parse(grant);
  }
}

const keyOf = (ticket: string): string => `ma:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;

function parse(text: string): TicketGrant {
  const row: unknown = JSON.parse(text);
  const [id, session, expiresAt]: unknown[] = Array.isArray(row) ? row : [];
  const sessionId = typeof session === 'string' ? parseSessionId(session) : null;
  if (typeof id !== 'string' || sessionId === null || typeof expiresAt !== 'number') throw new Error('not a ticket of ours');
  return { userId: userId(id), sessionId, expiresAt };
}

async function reached<Answer>(command: Promise<Answer>): Promise<Answer> {
  try {
    return await command;
  } catch (cause) {
    throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
  }
}
