import type { RequestHandler } from 'express';
import type { ThrottleClientInput } from '../../../core/usecases/limits/throttle-client.js';
import { noAddress } from '../../http/no-address.js';
import { isSystemPath } from '../operations/system-paths.js';
import { originOf } from '../request-context.js';
import type { RestServices } from '../rest-services.js';
import { announceLimits } from './announce-limits.js';

/** The policies of paths that have their own, for POST. Every other request counts under `api`. */
const policies: ReadonlyMap<string, ThrottleClientInput['policy']> = new Map([
  ['/auth/login', 'login'],
  ['/auth/register', 'register'],
]);

/** Counts every request, for known and unknown paths, before its body is read. Only system paths are not counted. */
export function throttle({ throttleClient }: Pick<RestServices, 'throttleClient'>): RequestHandler {
  return async (request, response, next) => {
    const { known, ip } = request.context;
    if (known !== null && isSystemPath(known.template)) return next();
    const policy = (request.method === 'POST' && known !== null && policies.get(known.template)) || 'api';
    const verdict = await throttleClient.execute({ policy, ip: ip ?? noAddress, origin: originOf(request) });
    request.context.verdict = verdict;
    announceLimits(response, [verdict]);
    next();
  };
}
