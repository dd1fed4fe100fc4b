import { parseSessionId, userId } from '../../core/domain/ids.js';
import { type Instant, secondsToMs } from '../../core/domain/instant.js';
import type { AccessClaims } from '../../core/ports/sessions/token-issuer.js';

export const issuer = 'move-acces';
export const audience = 'move-acces';

/** JWT has whole seconds (RFC 7519 §2, NumericDate, as we write it). */
export const numericDate = (instant: Instant): number => Math.floor(instant / 1000);

/** The claims of a token of ours; null when one of them is missing or is not what we write. */
export function parseClaims(payload: unknown): AccessClaims | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { iss, aud, sub, sid, jti, iat, exp, nbf } = payload as Record<string, unknown>;
  const sessionId = typeof sid === 'string' ? parseSessionId(sid) : null;
  if (iss !== issuer || aud !== audience || sessionId === null || nbf !== undefined) return null;
  if (typeof sub !== 'string' || sub === '' || typeof jti !== 'string' || jti === '') return null;
  if (!isDate(iat) || !isDate(exp)) return null;
  return { userId: userId(sub), sessionId, tokenId: jti, issuedAt: secondsToMs(iat), expiresAt: secondsToMs(exp) };
}

const isDate = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
