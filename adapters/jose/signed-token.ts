import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccessKey } from './access-key.js';

/** Longer texts are not looked at: a token of ours has some 350 characters and a user id. */
const maxLength = 4096;

const shape = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/**
 * The payload of a compact JWS (RFC 7515 §3.1) signed by one of the keys, as parsed JSON; null for any other text. The header says
 * HS256 (RFC 8725 §3.1), `at+jwt` (§3.11) and a known `kid`, and has no `crit`. Says nothing about the claims.
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

/** Compares the texts, not the bytes: a second spelling of the same signature is not accepted either. */
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
