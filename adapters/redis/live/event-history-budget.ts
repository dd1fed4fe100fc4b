import type { HistoryBounds } from '../../../core/domain/live/live-event.js';
import type { Logger } from '../../../core/ports/operations/logger.js';
import type { RedisClient } from '../redis-client.js';
import { appendedKey, bytesKey, historyKeyOf, indexKeys } from './event-keys.js';
import { userOf } from './event-message.js';

export interface EventHistoryBudgetOptions {
  readonly client: RedisClient;
  readonly bounds: HistoryBounds;
  readonly logger: Logger;
}

/**
 * Bytes that Redis allocates for a stream besides its entries, and half of the bytes that may have been added since its size was recorded.
 */
const streamBytes = 6500;
const sweepEveryMs = 5000;
const batchSize = 500;

/**
 * Keeps all histories together within their byte limit: deletes the histories with the oldest last event first. Their positions stay, so
 * that a reader learns that events are lost. Records sizes as totals, not as changes, so that an error does not persist.
 */
export class EventHistoryBudget {
  readonly #options: EventHistoryBudgetOptions;
  #published = 0;
  #sweptAt = performance.now();
  #sweeping: Promise<void> | null = null;

  constructor(options: EventHistoryBudgetOptions) {
    this.#options = options;
  }

  /**
   * Call it after each publication: only publications make histories grow. From time to time it also sweeps, and that publication waits for
   * it, so that histories cannot grow faster than they are deleted. Never rejects.
   */
  async note(bytes: number): Promise<void> {
    this.#published += bytes;
    const isDue = this.#published > this.#options.bounds.bytesInAll / 8 || performance.now() - this.#sweptAt > sweepEveryMs;
    if (!isDue || this.#sweeping !== null) return;
    await this.sweep().catch((error: unknown) => this.#options.logger.debug('histories of events could not be bounded', { error }));
  }

  /**
   * Records a history in the index in a cluster, where the script that appends cannot access the index. Deletes an index of another type.
   */
  async record(channel: string, bytes: number): Promise<void> {
    const { client } = this.#options;
    try {
      const now = await this.#now();
      await Promise.all([client.zadd(appendedKey, now, channel), client.hset(bytesKey, channel, bytes)]);
      await Promise.all(indexKeys.map((key) => client.pexpire(key, 2 * this.#options.bounds.ageMs)));
    } catch (error) {
      await client.del(...indexKeys);
      throw error;
    }
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
    const now = await this.#now();
    await client.zremrangebyscore(appendedKey, now + bounds.ageMs, '+inf'); // ahead of the server's clock: other software wrote it
    await this.#deleteOlderThan(now - bounds.ageMs);
    const [count, sizes] = await Promise.all([client.zcard(appendedKey), client.hlen(bytesKey)]);
    if (sizes > 2 * count + batchSize) await client.del(bytesKey); // other software wrote to it, too
    if (count * this.#sizeOf(null) > bounds.bytesInAll) await this.#deleteDownTo(bounds.bytesInAll, count);
  }

  async #deleteOlderThan(before: number): Promise<void> {
    const { client } = this.#options;
    for (;;) {
      const channels = await client.zrangebyscore(appendedKey, '-inf', before, 'LIMIT', 0, batchSize);
      await this.#delete(channels);
      if (channels.length < batchSize) return;
    }
  }

  async #deleteDownTo(bytesInAll: number, count: number): Promise<void> {
    let excess = -bytesInAll;
    for (let start = 0; start < count; start += batchSize) {
      for (const [, size] of await this.#sizesFrom(start)) excess += size;
    }
    for (let start = 0; start < count && excess > 0; start += batchSize) {
      const old: string[] = [];
      for (const [channel, size] of await this.#sizesFrom(0)) {
        if (excess <= 0) break;
        old.push(channel);
        excess -= size;
      }
      await this.#delete(old);
    }
  }

  /** Returns the histories from a rank on. Rank 0 has the oldest last event. */
  async #sizesFrom(start: number): Promise<readonly (readonly [channel: string, size: number])[]> {
    const { client } = this.#options;
    const channels = await client.zrange(appendedKey, `${start}`, `${start + batchSize - 1}`);
    if (channels.length === 0) return [];
    const sizes = await client.hmget(bytesKey, ...channels);
    return channels.map((channel, index) => [channel, this.#sizeOf(sizes[index])]);
  }

  /** An unknown size, or one that no process of this product wrote, counts as the max size. */
  #sizeOf(text: string | null | undefined): number {
    const { bytesPerUser } = this.#options.bounds;
    const bytes = Number(text ?? bytesPerUser);
    return streamBytes + (bytes >= 0 && bytes <= bytesPerUser ? bytes : bytesPerUser);
  }

  /** Removes the index entry first: a history that is appended to meanwhile is recorded again. */
  async #delete(channels: readonly string[]): Promise<void> {
    if (channels.length === 0) return;
    const { client } = this.#options;
    await Promise.all([client.zrem(appendedKey, ...channels), client.hdel(bytesKey, ...channels)]);
    await Promise.all(channels.map((channel) => client.unlink(historyKeyOf(userOf(channel)))));
  }

  /** By the server's clock, as in the index. */
  async #now(): Promise<number> {
    const [seconds, microseconds] = await this.#options.client.time();
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
  }
}
