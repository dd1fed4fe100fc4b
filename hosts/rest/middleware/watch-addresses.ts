import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { isSystemPath } from '../operations/system-paths.js';
import type { RestServices } from '../rest-services.js';

/** Requests that are looked at together. */
const sample = 50;
/** So many different clients behind one address are no longer one person with two phones. */
const fewestClients = 3;

/**
 * Warns, once, when every client seems to have one address: as a rule a proxy is in front that `TRUST_PROXY` does not name, and then
 * all of them share one limit. Clients are told apart by what they and proxies say of them, which is good enough for a warning.
 */
export function watchAddresses({ logger }: Pick<RestServices, 'logger'>): RequestHandler {
  const addresses = new Set<string | null>();
  const clients = new Set<string>();
  let seen = 0;
  let isTold = false;
  return ({ context: { ip, known }, headers }, _response, next) => {
    if (isTold || (known !== null && isSystemPath(known.template))) return next();
    addresses.add(ip);
    clients.add(clientMark(headers));
    seen += 1;
    if (seen === sample) {
      isTold = addresses.size === 1 && clients.size >= fewestClients;
      if (isTold) logger.warn('every client seems to have one address: TRUST_PROXY may lack the proxy in front', { ip });
      addresses.clear();
      clients.clear();
      seen = 0;
    }
    next();
  };
}

const clientMark = (headers: IncomingHttpHeaders): string =>
  [headers['x-forwarded-for'], headers['x-real-ip'], headers.forwarded, headers['user-agent']].join('\n').slice(0, 500);
