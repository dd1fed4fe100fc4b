import { createHash } from 'node:crypto';
import { AuthError } from '../../core/domain/auth-error.js';
import { parseSessionId, userId } from '../../core/domain/ids.js';
import type { TicketGrant, TicketStore } from '../../core/ports/ticket-store.js';
import type { MessageGuard } from './message-guard.js';
import { parseJsonArray } from './parse-json-array.js';
import type { RedisConnection } from './redis-connection.js';

export interface RedisTicketStoreOptions {
  readonly redis: RedisConnection;
  readonly guard: MessageGuard;
}

/**
 * Tickets that every process can take. The key is the ticket's digest, so that a reader of Redis holds no ticket. The value carries a MAC
 * over itself and its key, so that a writer of Redis can neither make a ticket nor move a value to another one.
 */
export class RedisTicketStore implements TicketStore {
  readonly #options: RedisTicketStoreOptions;

  constructor(options: RedisTicketStoreOptions) {
    this.#options = options;
  }

  async put(ticket: string, grant: TicketGrant, ttlSeconds: number): Promise<void> {
    const { redis, guard } = this.#options;
    const key = keyOf(ticket);
    const value = JSON.stringify([...fieldsOf(grant), guard.sign('ticket', signedText(key, grant))]);
    await reached(redis.client.set(key, value, 'PX', Math.round(ttlSeconds * 1000)));
  }

  async take(ticket: string): Promise<TicketGrant | 'unverified' | null> {
    const { redis, guard } = this.#options;
    const key = keyOf(ticket);
    const value = await reached(redis.client.getdel(key));
    if (value === null) return null;
    const signed = parse(value);
    if (signed !== null && guard.isGenuine('ticket', signedText(key, signed.grant), signed.mac)) return signed.grant;
    guard.reject('ticket');
    return 'unverified';
  }
}

const keyOf = (ticket: string): string => `ma:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;

const fieldsOf = ({ userId: id, sessionId, expiresAt }: TicketGrant) => [id, sessionId, expiresAt] as const;

const signedText = (key: string, grant: TicketGrant): string => JSON.stringify([key, ...fieldsOf(grant)]);

/** Null for what cannot be a ticket. A ticket of the version before has no MAC: its MAC is '', which never verifies. */
function parse(text: string): { readonly grant: TicketGrant; readonly mac: string } | null {
  const [id, session, expiresAt, mac = ''] = parseJsonArray(text, 1024) ?? [];
  const sessionId = typeof session === 'string' ? parseSessionId(session) : null;
  if (typeof id !== 'string' || sessionId === null || !isWhole(expiresAt) || typeof mac !== 'string') return null;
  return { grant: { userId: userId(id), sessionId, expiresAt }, mac };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

async function reached<Answer>(command: Promise<Answer>): Promise<Answer> {
  try {
    return await command;
  } catch (cause) {
    throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
  }
}
