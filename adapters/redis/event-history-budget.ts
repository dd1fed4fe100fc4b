import type { UserId } from '../../core/domain/ids.js';
import type { HistoryBounds } from '../../core/domain/live-event.js';
import type { Logger } from '../../core/ports/logger.js';
import { userOf } from './event-message.js';
import type { RedisClient } from './redis-client.js';

export interface EventHistoryBudgetOptions {
  readonly client: RedisClient;
  readonly bounds: HistoryBounds;
  readonly logger: Logger;
}

/** When each history was appended to last, and its bytes, both by channel: in one slot of a cluster. */
const appendedKey = 'ma:{events}:appended';
const bytesKey = 'ma:{events}:bytes';
export const indexKeys: readonly string[] = [appendedKey, bytesKey];

/** The braces put both keys of a user in one slot of a cluster. */
export const placeKeyOf = (userId: UserId): string => `ma:events:{${userId}}:place`;
export const historyKeyOf = (userId: UserId): string => `ma:events:{${userId}}:history`;

/** What Redis allocates for a stream besides its entries. */
const streamBytes = 4500;
const sweepEveryMs = 5000;
const batchSize = 500;

/**
 * Keeps all histories together within their bytes: those appended to longest ago are deleted first. Their places stay, so that a reader
 * finds out that events are gone. Sizes are written as they are, never added up, so that no error lasts; what an index holds of histories
 * that do not exist goes with the oldest.
 */
export class EventHistoryBudget {
  readonly #options: EventHistoryBudgetOptions;
  #published = 0;
  #sweptAt = performance.now();
  #sweeping: Promise<void> | null = null;

  constructor(options: EventHistoryBudgetOptions) {
    this.#options = options;
  }

  /** To be called after each publication: only they make histories grow. Sweeps in the background, now and then. */
  note(bytes: number): void {
    this.#published += bytes;
    const isDue = this.#published > this.#options.bounds.bytesInAll / 8 || performance.now() - this.#sweptAt > sweepEveryMs;
    if (!isDue || this.#sweeping !== null) return;
    this.sweep().catch((error: unknown) => this.#options.logger.debug('histories of events could not be bounded', { error }));
  }

  /** Records a history in the index, in a cluster, where the script that appends cannot reach it. */
  async record(channel: string, bytes: number): Promise<void> {
    const { client } = this.#options;
    await Promise.all([client.zadd(appendedKey, await this.#now(), channel), client.hset(bytesKey, channel, bytes)]);
  }

  async sweep(): Promise<void> {
    this.#sweeping ??= this.#sweepNow().finally(() => {
      this.#sweeping = null;
    });
    await this.#sweeping;
  }

  async #sweepNow(): Promise<void> {
    const { client, bounds } = this.#options;
    this.#published = 0;
    this.#sweptAt = performance.now();
    await this.#deleteOlderThan((await this.#now()) - bounds.ageMs);
    const count = await client.zcard(appendedKey);
    if (count * (bounds.bytesPerUser + streamBytes) > bounds.bytesInAll) await this.#deleteDownTo(bounds.bytesInAll);
  }

  async #deleteOlderThan(before: number): Promise<void> {
    const { client } = this.#options;
    for (;;) {
      const channels = await client.zrangebyscore(appendedKey, 0, before, 'LIMIT', 0, batchSize);
      await this.#delete(channels);
      if (channels.length < batchSize) return;
    }
  }

  async #deleteDownTo(bytesInAll: number): Promise<void> {
    const { client } = this.#options;
    let total = await this.#total();
    while (total > bytesInAll) {
      const channels = await client.zrange(appendedKey, '0', `${batchSize - 1}`);
      if (channels.length === 0) {
        await client.del(bytesKey);
        return;
      }
      const sizes = await client.hmget(bytesKey, ...channels);
      const excess = total - bytesInAll;
      let freed = 0;
      const some = channels.filter((_, index) => {
        if (freed >= excess) return false;
        freed += this.#sizeOf(sizes[index]);
        return true;
      });
      await this.#delete(some);
      total -= freed;
    }
  }

  async #total(): Promise<number> {
    let total = 0;
    let cursor = '0';
    do {
      const [next, pairs] = await this.#options.client.hscan(bytesKey, cursor, 'COUNT', 1000);
      for (let index = 1; index < pairs.length; index += 2) total += this.#sizeOf(pairs[index]);
      cursor = next;
    } while (cursor !== '0');
    return total;
  }

  /** A size that no process of this product wrote counts as the largest. */
  #sizeOf(text: string | null | undefined): number {
    const { bytesPerUser } = this.#options.bounds;
    const bytes = Number(text ?? 0);
    return streamBytes + (bytes >= 0 && bytes <= bytesPerUser ? bytes : bytesPerUser);
  }

  /** Out of the index first: a history that is appended to meanwhile is recorded again. */
  async #delete(channels: readonly string[]): Promise<void> {
    if (channels.length === 0) return;
    const { client } = this.#options;
    await Promise.all([client.zrem(appendedKey, ...channels), client.hdel(bytesKey, ...channels)]);
    await Promise.all(channels.map((channel) => client.unlink(historyKeyOf(userOf(channel)))));
  }

  /** By the clock of the server, as the index is. */
  async #now(): Promise<number> {
    const [seconds, microseconds] = await this.#options.client.time();
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
  }
}
