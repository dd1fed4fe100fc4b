import { setTimeout as delay } from 'node:timers/promises';
import type { SessionId } from '../../../core/domain/ids.js';
import type { ClosedConnections } from '../../../core/ports/live/closed-connections.js';
import type { Logger } from '../../../core/ports/operations/logger.js';
import type { RedisConnection } from '../redis-connection.js';

export interface RedisClosedConnectionsOptions {
  readonly redis: RedisConnection;
  readonly logger: Logger;
}

const keptSeconds = 60;
/** Processes learn of an ended session within milliseconds; this gives a busy process time to close the connections. */
const settlingMs = 500;
/** Max number of sessions in one call: a million sessions must not become a million commands at once. */
const batchSize = 500;

/** One counter per session, which expires by itself. Each call uses single keys, since the keys of a cluster are on different servers. */
export class RedisClosedConnections implements ClosedConnections {
  readonly #options: RedisClosedConnectionsOptions;

  constructor(options: RedisClosedConnectionsOptions) {
    this.#options = options;
  }

  async add(sessionId: SessionId, count: number): Promise<void> {
    const { redis, logger } = this.#options;
    try {
      await redis.client.multi().incrby(keyOf(sessionId), count).expire(keyOf(sessionId), keptSeconds).exec();
    } catch (error) {
      logger.debug('closed connections could not be counted', { error });
    }
  }

  async settledCount(sessionIds: readonly SessionId[]): Promise<number | null> {
    const { redis, logger } = this.#options;
    if (sessionIds.length > 0) await delay(settlingMs);
    let sum = 0;
    try {
      for (let start = 0; start < sessionIds.length; start += batchSize) {
        const batch = sessionIds.slice(start, start + batchSize);
        const counts = await Promise.all(batch.map((id) => redis.client.get(keyOf(id))));
        for (const count of counts) sum += countOf(count);
      }
      return sum;
    } catch (error) {
      logger.debug('closed connections could not be read', { error });
      return null;
    }
  }
}

/** A text that no process of this product wrote counts as zero. */
const countOf = (text: string | null): number => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0);

const keyOf = (id: SessionId): string => `ma:closed:${id}`;
