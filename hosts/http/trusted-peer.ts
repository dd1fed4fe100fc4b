import type { IncomingMessage } from 'node:http';
import { addressMatcher, parseAddress } from './client-address.js';

/** Returns whether the peer of a request's connection is one of the proxies in `trustProxy`: only their headers are trusted. */
export function trustedPeerMatcher(trustProxy: readonly string[]): (request: Pick<IncomingMessage, 'socket'>) => boolean {
  if (trustProxy.length === 0) return () => false;
  const isProxy = addressMatcher(trustProxy);
  return ({ socket }) => {
    const peer = parseAddress(socket.remoteAddress ?? '');
    return peer !== null && isProxy(peer);
  };
}
