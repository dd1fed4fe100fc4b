import { Cluster } from 'ioredis';
import { AuthError } from '../../../core/domain/auth-error.js';
import { type UserId, userId } from '../../../core/domain/ids.js';
import { type EventPosition, type HistoryBounds, historyBounds, type NewEvent } from '../../../core/domain/live/live-event.js';
import type { EventBus, EventHistory, EventListener, EventSubscription } from '../../../core/ports/live/event-bus.js';
import type { Logger } from '../../../core/ports/operations/logger.js';
import type { Scheduler } from '../../../core/ports/scheduler.js';
import type { Batcher } from '../../concurrency/batcher.js';
import type { MessageGuard } from '../message-guard.js';
import type { RedisClient } from '../redis-client.js';
import type { RedisConnection } from '../redis-connection.js';
import { untilReady } from '../until-ready.js';
import { eventBatcher } from './event-batcher.js';
import { EventHistoryBudget } from './event-history-budget.js';
import { EventSigner } from './event-signer.js';
import { EventStreams, keepMs } from './event-streams.js';
import { EventSubscriber } from './event-subscriber.js';

export interface RedisEventBusOptions {
  readonly redis: RedisConnection;
  readonly guard: MessageGuard;
  readonly scheduler: Scheduler;
  readonly logger: Logger;
  readonly history?: HistoryBounds;
}

/** The users that were connected recently, with the instant (ms) as score. */
const usersKey = 'ma:events:users';
const connectTimeoutMs = 1000;
const pageSize = 50;
/** Events in one call to Redis, which does nothing else meanwhile; in a cluster the keys of two users are in different slots. */
const maxEventsOf = (client: RedisClient): number => (client instanceof Cluster ? 1 : 128);

/**
 * Events by Redis. Each user has a stream, which is the history, and a channel that delivers new events to the processes with a connection
 * of the user. The channel may lose events, the stream does not: a process that sees a gap in the numbers reads the stream.
 */
export class RedisEventBus implements EventBus {
  readonly #options: Omit<RedisEventBusOptions, 'history'>;
  readonly #signer: EventSigner;
  readonly #streams: EventStreams;
  readonly #batcher: Batcher<NewEvent, EventPosition>;

  constructor({ history = historyBounds, ...options }: RedisEventBusOptions) {
    const { client } = options.redis;
    this.#options = options;
    this.#signer = new EventSigner({ guard: options.guard, maxAgeMs: history.ageMs });
    const budget = new EventHistoryBudget({ client, bounds: history, logger: options.logger });
    this.#streams = new EventStreams({ client, history, signer: this.#signer, budget });
    this.#batcher = eventBatcher({ streams: this.#streams, maxEvents: maxEventsOf(client) });
  }

  publish(event: NewEvent): Promise<EventPosition> {
    return this.#batcher.add(event);
  }

  publishChange(event: NewEvent, states: { readonly previous: string | null; readonly current: string }): Promise<boolean> {
    return this.#streams.appendChange(event, states);
  }

  async publishToAll(event: Omit<NewEvent, 'userId'>): Promise<number> {
    const told = new Set<UserId>();
    let cursor = '0';
    do {
      const [next, members] = await this.#scan(cursor);
      const fresh = members.filter((id) => !told.has(id));
      await Promise.all(fresh.map((id) => this.publish({ ...event, userId: id })));
      for (const id of fresh) told.add(id);
      cursor = next;
    } while (cursor !== '0');
    return told.size;
  }

  readAfter(id: UserId, position: EventPosition, limit: number): Promise<EventHistory> {
    return this.#streams.readAfter(id, position, limit);
  }

  async listen(listener: EventListener): Promise<EventSubscription> {
    const { redis, scheduler, logger } = this.#options;
    const client = redis.blockingClient({ blockMs: 1000 });
    await untilReady(client, connectTimeoutMs);
    return new EventSubscriber({
      client,
      listener,
      read: (id, after) => this.readAfter(id, after, pageSize),
      signer: this.#signer,
      touch: (ids) => this.#touch(ids),
      scheduler,
      logger,
    });
  }

  /** Also removes users that were not connected for longer than their position is kept. */
  async #touch(ids: readonly UserId[]): Promise<void> {
    const { client } = this.#options.redis;
    const now = Date.now();
    const add = () => client.zadd(usersKey, ...ids.flatMap((id) => [now, id]));
    await Promise.all([
      add().catch((error: unknown) => {
        // it has another type, so no process of this product wrote it
        if (!(error instanceof Error) || !error.message.startsWith('WRONGTYPE')) throw error;
        return client.del(usersKey).then(add);
      }),
      client.zremrangebyscore(usersKey, '-inf', now - keepMs),
      client.pexpire(usersKey, keepMs),
    ]);
  }

  async #scan(cursor: string): Promise<readonly [next: string, userIds: readonly UserId[]]> {
    try {
      const [next, pairs] = await this.#options.redis.client.zscan(usersKey, cursor, 'COUNT', 200);
      return [next, pairs.filter((_, index) => index % 2 === 0).map(userId)];
    } catch (cause) {
      throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
    }
  }
}
