import { createHash, randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';

/** An attacker that may read and write Redis, and knows this product's keys, but none of its secrets. */
export class RedisWriter implements AsyncDisposable {
  readonly redis: Redis;

  constructor({ url }: { readonly url: string }) {
    this.redis = new Redis(url, { maxRetriesPerRequest: 1 });
  }

  /** Appends an entry to the feed of revocations, with the number that is due. */
  async announce(sessionId: string, userId: string, revokedAt: number, mac: readonly string[] = []): Promise<void> {
    const number = await this.redis.incr('{ma:revocations}:number');
    const text = JSON.stringify([[sessionId, userId, revokedAt, 'admin']]);
    await this.redis.xadd('ma:revocations', '*', 'number', number, 'revocations', text, ...mac);
  }

  /** Keeps a value for a new ticket, and returns that ticket. */
  async putTicket(value: string): Promise<string> {
    const ticket = randomBytes(24).toString('hex');
    await this.redis.set(ticketKey(ticket), value, 'PX', 30_000);
    return ticket;
  }

  async ticketValue(ticket: string): Promise<string> {
    return (await this.redis.get(ticketKey(ticket))) ?? '';
  }

  /** Publishes an event at the next place of a user's stream, on the channel alone or in the history, too. */
  async publish(userId: string, name: string, data: string, { isKept }: { readonly isKept: boolean }): Promise<void> {
    const place = `ma:events:{${userId}}:place`;
    const epoch = await this.redis.hget(place, 'epoch');
    const offset = Number(await this.redis.hget(place, 'offset')) + 1;
    if (isKept) {
      await this.redis.hincrby(place, 'offset', 1);
      const fields = ['kept', `${Date.now()}`, 'at', `${Date.now()}`, 'name', name, 'data', data];
      await this.redis.xadd(`ma:events:{${userId}}:history`, `${offset}-0`, ...fields);
    }
    await this.redis.publish(`ma:events:${userId}`, [epoch, offset, Date.now(), name, data].join('\n'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.redis.disconnect();
  }
}

const ticketKey = (ticket: string): string => `ma:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
