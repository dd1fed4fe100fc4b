import type { Socket } from 'node:net';
import { Redis } from 'ioredis';
import type { RedisClient } from '../redis-client.js';

/**
 * Sends the commands of one event-loop turn in one write: with many concurrent requests, system calls cost more than the commands. It is no
 * batcher: each command already has its own reply, only the bytes on the socket wait. A cluster has a connection to each node; there
 * commands are sent one by one.
 */
export function gatherWrites(client: RedisClient): void {
  if (!(client instanceof Redis)) return;
  // a cast: the library types what it connects with, which may be without a socket until it has
  const socket = client.stream as Socket | undefined;
  if (socket === undefined || socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}
