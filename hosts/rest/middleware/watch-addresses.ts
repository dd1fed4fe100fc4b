import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { isSystemPath } from '../operations/system-paths.js';
import type { RestServices } from '../rest-services.js';

/** Number of requests in one sample. */
const sample = 50;
/** At least this many different clients behind one address are probably not one user with two phones. */
const minClients = 3;

/**
 * Logs a warning, once, when every client seems to have the same address: usually there is a proxy in front that `TRUST_PROXY` does not
 * contain, and all clients share one limit. Clients are distinguished by headers of the clients and of proxies, which is precise enough for
 * a warning.
 */
export function watchAddresses({ logger }: Pick<RestServices, 'logger'>): RequestHandler {
  const addresses = new Set<string | null>();
  const clients = new Set<string>();
  let seen = 0;
  let hasWarned = false;
  return ({ context: { ip, known }, headers }, _response, next) => {
    if (hasWarned || (known !== null && isSystemPath(known.template))) return next();
    addresses.add(ip);
    clients.add(clientMark(headers));
    seen += 1;
    if (seen === sample) {
      hasWarned = addresses.size === 1 && clients.size >= minClients;
      if (hasWarned) logger.warn('every client seems to have one address: TRUST_PROXY may lack the proxy in front', { ip });
      addresses.clear();
      clients.clear();
      seen = 0;
    }
    next();
  };
}

const clientMark = (headers: IncomingHttpHeaders): string =>
  [headers['x-forwarded-for'], headers['x-real-ip'], headers.forwarded, headers['user-agent']].join('\n').slice(0, 500);
