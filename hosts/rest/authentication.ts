import type { Request } from 'express';
import type { AccessClaims } from '../../core/ports/sessions/token-issuer.js';
import { bearerTokenOf } from '../http/bearer-token.js';

/** The generated routes call this for every action with `@Security`; the only scheme is `bearer`. The result becomes `request.user`. */
export async function expressAuthentication(request: Request, _scheme: string): Promise<AccessClaims> {
  request.context.isBearerDue = true;
  return request.app.locals.services.authenticateAccess.execute({ token: bearerTokenOf(request) });
}
