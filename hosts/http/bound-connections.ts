import type { Server } from 'node:http';
import { rateSubject } from '../../core/domain/limits/client-address.js';
import { addressMatcher, isLoopback, parseAddress } from './client-address.js';

/** Of one address, at once. An office behind one address has fewer. */
export const connectionsPerAddress = 500;

/**
 * Cuts each connection that is one too many of its address, before anything is read of it; an IPv6 client is its /64. Proxies that are
 * trusted stand for many clients and are not counted, nor is this very machine, where proxies live.
 */
export function boundConnections(server: Server, trustProxy: readonly string[]): void {
  const isProxy = addressMatcher(trustProxy);
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = parseAddress(socket.remoteAddress ?? '');
    if (address === null || isLoopback(address) || isProxy(address)) return;
    const subject = rateSubject(address);
    const count = open.get(subject) ?? 0;
    if (count >= connectionsPerAddress) return void socket.destroy();
    open.set(subject, count + 1);
    socket.once('close', () => {
      const left = (open.get(subject) ?? 1) - 1;
      if (left === 0) open.delete(subject);
      else open.set(subject, left);
    });
  });
}
