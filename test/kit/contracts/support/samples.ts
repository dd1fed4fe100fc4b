import { randomBytes } from 'node:crypto';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import type { NewUser } from '../../../../core/domain/accounts/user.js';
import { AuthError } from '../../../../core/domain/auth-error.js';
import { type SessionId, sessionIdFrom, type UserId } from '../../../../core/domain/ids.js';
import type { Origin } from '../../../../core/domain/origin.js';
import { newSession, type Session, type SessionPolicy } from '../../../../core/domain/sessions/session.js';

/** An instant with milliseconds: 2026-03-04T05:06:07.789Z. */
export const t0 = Date.UTC(2026, 2, 4, 5, 6, 7, 789);

export const policy: SessionPolicy = {
  accessTtlSeconds: 900,
  refreshTtlSeconds: 3600,
  sessionMaxSeconds: 86_400,
  replaySeconds: 'unused',
  endMaxAgeSeconds: 0,
};

export const origin: Origin = { ip: '192.0.2.7', userAgent: 'MoveApp/1.0 (Téléphone)', requestId: 'req-1' };

export const newSessionId = (now = t0): SessionId => sessionIdFrom(now, randomBytes(10));

/** A session opened at `t0` by `policy`, except for `changes`. */
export function sampleSession(userId: UserId, changes: Partial<Session> = {}): Session {
  const now = changes.createdAt ?? t0;
  return { ...newSession({ id: newSessionId(now), userId, deviceName: 'Pixel 9', origin, now }, policy), ...changes };
}

export function sampleUser(email: string, changes: Partial<NewUser> = {}): NewUser {
  return { email: canonicalEmail(email), firstName: 'Zoé', lastName: 'Lemaître', phone: '+33612345678', createdAt: t0, ...changes };
}

/** Runs `count` calls at once. */
export const atOnce = <T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));

/** Returns the error of a promise that rejects; fails when it does not reject. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}

/** Counts how often each text occurs. */
export function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

/** Addresses as other applications may have stored them, and as their owners type them. */
export const storedSpellings = [
  ['cr@example.org\r', 'cr@example.org'],
  ['crlf@example.org\r\n', 'crlf@example.org'],
  ['\ttab@example.org', 'tab@example.org'],
  ['\u00a0nbsp@example.org\u00a0', 'nbsp@example.org'],
  ['wide@example.org\u3000', 'wide@example.org'],
  ['many@example.org \t \r\n', 'many@example.org'],
  [' both@example.org\r', 'both@example.org'],
  ['\ufeffmark@example.org', 'mark@example.org'],
  ['\ufefffirst@example.org\r', 'first@example.org'],
  ['idn@m\u00fcnchen.example', 'idn@xn--mnchen-3ya.example'],
  ['ace@xn--mnchen-3ya.example', 'Ace@M\u00dcNCHEN.example'],
  ['dot@example.org.', 'dot@example.org'],
  ['parts@mu\u0308nchen.example', 'parts@m\u00fcnchen.example'],
] as const;

/** The first field that a refusal is about; undefined for anything else that was returned or thrown. */
export const violatedField = (outcome: unknown): string | null | undefined =>
  outcome instanceof AuthError ? outcome.detailOf('validation_failed')?.violations[0]?.field : undefined;
