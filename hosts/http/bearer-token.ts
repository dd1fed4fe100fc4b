import type { IncomingMessage } from 'node:http';
import { AuthError } from '../../core/domain/auth-error.js';

/** RFC 6750 §2.1: one b64token. RFC 9110 §11.1: the scheme's case does not count. */
const bearer = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The token in the `Authorization` field, the one place where it is taken from; null where there is none of this scheme.
 * @throws AuthError `token_invalid` for a bearer field that is not exactly one token
 */
export function bearerTokenOf({ headersDistinct }: IncomingMessage): string | null {
  const fields = headersDistinct.authorization ?? [];
  if (!fields.some((field) => /^bearer\b/i.test(field))) return null;
  const [, token] = bearer.exec(fields[0] ?? '') ?? [];
  if (fields.length > 1 || token === undefined) throw new AuthError('token_invalid');
  return token;
}
