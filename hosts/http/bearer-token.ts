import type { IncomingMessage } from 'node:http';
import { AuthError } from '../../core/domain/auth-error.js';

/** RFC 6750 §2.1: one b64token. RFC 9110 §11.1: the scheme's case does not matter. */
const bearer = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Returns the token in the `Authorization` header; null where there is none with this scheme; an empty text, which is never a token, for a
 * bearer header that is not exactly one token.
 */
export function bearerTextOf(request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>): string | null {
  // `headers` keeps only the first of two headers; the getter `headersDistinct` parses all of them
  const fields = request.headers.authorization === undefined ? [] : (request.headersDistinct.authorization ?? []);
  if (!fields.some((field) => /^bearer\b/i.test(field))) return null;
  const [, token] = fields.length === 1 ? (bearer.exec(fields[0] ?? '') ?? []) : [];
  return token ?? '';
}

/**
 * Returns the token in the `Authorization` header; null where there is none with this scheme.
 * @throws AuthError `token_invalid` for a bearer header that is not exactly one token
 */
export function bearerTokenOf(request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>): string | null {
  const token = bearerTextOf(request);
  if (token === '') throw new AuthError('token_invalid');
  return token;
}
