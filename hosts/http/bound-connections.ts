import type { Server } from 'node:http';
import { rateSubject } from '../../core/domain/limits/client-address.js';
import { addressMatcher, isLoopback, parseAddress } from './client-address.js';

/** Max concurrent connections of one address. An office behind one address has fewer. */
export const connectionsPerAddress = 500;

/**
 * Closes each connection beyond the limit of its address, before anything is read from it. An IPv6 client counts by its /64. Trusted
 * proxies have many clients and are not counted, nor is this machine, on which proxies run.
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
