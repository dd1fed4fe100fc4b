import type { RequestHandler } from 'express';
import { originOf } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import { isSystemPath } from '../system-paths.js';
import { announceLimits } from './announce-limits.js';

/** Stands for a client whose socket has no address left: it has hung up. */
const noAddress = '0.0.0.0';

/** Counts every request but those of the system's own paths, known or not, before anything of it is read. */
export function throttle({ throttleClient }: Pick<RestServices, 'throttleClient'>): RequestHandler {
  return async (request, response, next) => {
    const { known, ip } = request.context;
    if (known !== null && isSystemPath(known.template)) return next();
    const isLogin = request.method === 'POST' && known?.template === '/auth/login';
    const policy = isLogin ? 'login' : 'api';
    const verdict = await throttleClient.execute({ policy, ip: ip ?? noAddress, origin: originOf(request) });
    request.context.verdict = verdict;
    announceLimits(response, [verdict]);
    next();
  };
}
