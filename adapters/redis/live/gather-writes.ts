import type { Socket } from 'node:net';
import { Redis } from 'ioredis';
import type { RedisClient } from '../redis-client.js';

/**
 * Lets the commands of one turn of the event loop leave in one piece: with many requests at once, the calls into the operating system
 * cost more than the commands. A cluster has a connection to each node: there they leave one by one.
 */
export function gatherWrites(client: RedisClient): void {
  if (!(client instanceof Redis)) return;
  // a cast: the library types what it connects with, which may be without a socket until it has
  const socket = client.stream as Socket | undefined;
  if (socket === undefined || socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}
