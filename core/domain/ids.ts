import type { Brand } from './brand.js';
import { hex } from './hex.js';
import type { Instant } from './instant.js';

/** Key of a row in the existing users table, as text. In the table the key may be an integer, a UUID or a string. */
export type UserId = Brand<string, 'UserId'>;

/** Id of a session: a UUID of version 7 (RFC 9562 §5.7), lower case. Not a secret. */
export type SessionId = Brand<string, 'SessionId'>;

const sessionIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Converts a key as the database returned it. */
export const userId = (key: string | number | bigint): UserId => String(key) as UserId;

/** Returns null for a text that is not a session id. */
export function parseSessionId(text: string): SessionId | null {
  return sessionIdPattern.test(text) ? (text as SessionId) : null;
}

/** Creates a session id from the time and 10 random bytes. Ids sort by time, so that inserts append to the index. */
export function sessionIdFrom(now: Instant, random: Uint8Array): SessionId {
  const time = now.toString(16).padStart(12, '0');
  const digits = hex(random);
  const variant = ((Number.parseInt(digits.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-${variant}${digits.slice(4, 7)}-${digits.slice(8, 20)}` as SessionId;
}
