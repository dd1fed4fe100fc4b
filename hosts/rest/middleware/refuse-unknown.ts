import type { RequestHandler } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import { HttpRefusal } from '../../http/http-refusal.js';

/**
 * Before a body is read: sends 404 for an unknown path, 405 with `Allow` for a method that the path does not have, and the response to
 * OPTIONS.
 */
export const refuseUnknown: RequestHandler = ({ method, context: { path, known } }, response, next) => {
  if (!isDecodable(path)) throw new HttpRefusal('malformed_body');
  if (known === null) throw new AuthError('not_found');
  const isServed = known.methods.includes(method);
  if (method === 'OPTIONS' || !isServed) response.setHeader('Allow', known.methods.join(', '));
  if (!isServed) throw new HttpRefusal('method_not_allowed');
  if (method === 'OPTIONS') response.status(204).end();
  else next();
};

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
