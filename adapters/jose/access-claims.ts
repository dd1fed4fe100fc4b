import { parseSessionId, userId } from '../../core/domain/ids.js';
import { type Instant, secondsToMs } from '../../core/domain/instant.js';
import type { AccessClaims } from '../../core/ports/sessions/token-issuer.js';

export const issuer = 'move-acces';
export const audience = 'move-acces';

/** JWT dates are whole seconds here (RFC 7519 §2, NumericDate, also allows fractions). */
export const numericDate = (instant: Instant): number => Math.floor(instant / 1000);

/** Parses the claims of a token that this product issued; null when a claim is missing or has another form. */
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
