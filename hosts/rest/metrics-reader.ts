import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clientAddressFinder, isLoopback, parseAddress } from './client-address.js';

/** Says whether a request may read the metrics: who has the token; without one, clients on this machine. */
export function metricsReader(settings: { readonly metricsToken: string | null; readonly trustProxy: readonly string[] }) {
  const findClientAddress = clientAddressFinder(settings.trustProxy);
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = settings.metricsToken === null ? null : digest(`Bearer ${settings.metricsToken}`);
  return (request: IncomingMessage): boolean => {
    if (expected !== null) return timingSafeEqual(digest(request.headers.authorization ?? ''), expected);
    return isLoopback(parseAddress(request.socket.remoteAddress ?? '')) && isLoopback(findClientAddress(request));
  };
}
