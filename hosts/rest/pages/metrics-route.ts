import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import { bearerTokenOf } from '../bearer-token.js';
import { isLoopback, parseAddress } from '../client-address.js';
import type { RestServices, RestSettings } from '../rest-services.js';

/** `/metrics`, for who has the token; without one, for clients on this machine. */
export function metricsRoute({ metrics }: Pick<RestServices, 'metrics'>, { metricsToken }: Pick<RestSettings, 'metricsToken'>): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const admit = metricsToken === null ? admitLoopback : admitToken(metricsToken);
  router.get('/metrics', async (request, response) => {
    admit(request);
    const { contentType, body } = await metrics.render();
    response.setHeader('Content-Type', contentType);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  return router;
}

/** Both the peer and who it speaks for: a trusted proxy on this machine does not lend its place to the world. */
function admitLoopback({ socket, context }: Request): void {
  if (!isLoopback(parseAddress(socket.remoteAddress ?? '')) || !isLoopback(context.ip)) throw new AuthError('forbidden');
}

function admitToken(expected: string): (request: Request) => void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expectedDigest = digest(expected);
  return (request) => {
    request.context.isBearerDue = true;
    const token = bearerTokenOf(request);
    if (token === null) throw new AuthError('token_missing');
    if (!timingSafeEqual(digest(token), expectedDigest)) throw new AuthError('token_invalid');
  };
}
