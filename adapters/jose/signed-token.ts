import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccessKey } from './access-key.js';

/** Max length of a token that is parsed: a token of this product has about 350 characters plus the user id. */
const maxLength = 4096;

const shape = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/**
 * Returns the payload of a compact JWS (RFC 7515 §3.1) that one of the keys signed, as parsed JSON; null for any other text. The header
 * must have HS256 (RFC 8725 §3.1), `at+jwt` (§3.11), a known `kid` and no `crit`. Does not check the claims.
 */
export function signedPayload(token: string, keys: ReadonlyMap<string, AccessKey>): unknown {
  if (token.length > maxLength) return null;
  const [, header = '', payload = '', signature = ''] = shape.exec(token) ?? [];
  const key = keyFor(header, keys);
  if (key === null || !isSigned(`${header}.${payload}`, signature, key)) return null;
  return parsed(payload);
}

function keyFor(header: string, keys: ReadonlyMap<string, AccessKey>): AccessKey | null {
  const fields = parsed(header);
  if (typeof fields !== 'object' || fields === null) return null;
  const { alg, typ, kid, crit } = fields as Record<string, unknown>;
  if (alg !== 'HS256' || typ !== 'at+jwt' || typeof kid !== 'string' || crit !== undefined) return null;
  return keys.get(kid) ?? null;
}

/** Compares the texts, not the bytes, so that a second spelling of the same signature is rejected. */
function isSigned(text: string, signature: string, key: AccessKey): boolean {
  const expected = createHmac('sha256', key.key).update(text, 'ascii').digest('base64url');
  return timingSafeEqual(Buffer.from(expected, 'ascii'), Buffer.from(signature, 'ascii'));
}

function parsed(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
