import { randomBytes } from 'node:crypto';
import { Cluster } from 'ioredis';
import type { UserId } from '../../../core/domain/ids.js';
import type { JsonText } from '../../../core/domain/json-text.js';
import type { EventPosition, HistoryBounds, LiveEvent, NewEvent } from '../../../core/domain/live/live-event.js';
import type { EventHistory } from '../../../core/ports/live/event-bus.js';
import type { RedisClient } from '../redis-client.js';
import { redisReply } from '../redis-reply.js';
import type { RedisScript } from '../redis-script.js';
import type { EventHistoryBudget } from './event-history-budget.js';
import { historyKeyOf, indexKeys, placeKeyOf } from './event-keys.js';
import { channelOf } from './event-message.js';
import { changeScript, publishScript, readScript } from './event-scripts.js';
import type { EventSigner } from './event-signer.js';

/** A position is remembered for a day after its last use, in milliseconds. */
export const keepMs = 86_400_000;

export interface EventStreamsOptions {
  readonly client: RedisClient;
  readonly history: HistoryBounds;
  readonly signer: EventSigner;
  readonly budget: EventHistoryBudget;
}

/**
 * Stores the position and the history of each user in Redis, and publishes new events on a channel. Calls throw `dependency_unavailable`.
 */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #process = randomBytes(8).toString('hex');
  /** In a cluster the index is in another slot, which a script cannot access. */
  readonly #indexKeys: readonly string[];
  #calls = 0;

  constructor(options: EventStreamsOptions) {
    this.#options = options;
    this.#indexKeys = options.client instanceof Cluster ? [] : indexKeys;
  }

  /**
   * Appends in one atomic step. In a cluster, events of several users are in different slots: there a call takes the events of one user.
   */
  async append(events: readonly NewEvent[]): Promise<readonly EventPosition[]> {
    const keys = [...this.#indexKeys, ...events.flatMap(({ userId }) => keysOf(userId))];
    const answer = await this.#run(publishScript, keys, [...this.#bounds(), ...events.flatMap((event) => this.#fieldsOf(event))]);
    // a cast: the script returns an epoch, an offset and a size for each
    const flat = answer as readonly (string | number)[];
    await this.#grown(events, (number) => Number(flat[3 * number + 2]));
    return events.map((_, number) => ({ epoch: String(flat[3 * number]), offset: Number(flat[3 * number + 1]) }));
  }

  /** Returns whether it was published. */
  async appendChange(
    event: NewEvent,
    { previous, current }: { readonly previous: string | null; readonly current: string },
  ): Promise<boolean> {
    const args = [...this.#bounds(), ...this.#fieldsOf(event), previous ?? '', current];
    const answer = await this.#run(changeScript, [...this.#indexKeys, ...keysOf(event.userId)], args);
    // a cast: the script returns an epoch, an offset and a size, or nothing
    const [, , bytes = null] = answer as readonly [string, number, number] | readonly [];
    if (bytes !== null) await this.#grown([event], () => bytes);
    return bytes !== null;
  }

  /**
   * Creates the stream of a user that has none. Returns events up to the first one that does not verify: from there on the history is lost.
   */
  async readAfter(userId: UserId, after: EventPosition, limit: number): Promise<EventHistory> {
    const answer = await this.#run(readScript, keysOf(userId), [after.epoch, after.offset, limit]);
    // a cast: the script returns an epoch, an offset, 1 or 0, and entries of the stream
    const [epoch, offset, found, entries] = answer as readonly [string, number, number, readonly StreamEntry[]];
    const newest = { epoch, offset };
    const events = this.#verified(userId, { epoch, offset: after.offset }, entries);
    const isLost = found !== 1 || (events.length === 0 && entries.length > 0);
    return isLost ? { kind: 'lost', newest } : { kind: 'found', events, newest };
  }

  #verified(userId: UserId, after: EventPosition, entries: readonly StreamEntry[]): readonly LiveEvent[] {
    const events: LiveEvent[] = [];
    for (const [id, [, , , at, , name = '', , data = '', , mac = '']] of entries) {
      const offset = after.offset + events.length + 1;
      // a cast: where the MAC verifies, `data` was JSON text when it was published
      const event = { epoch: after.epoch, offset, name, data: data as JsonText, at: Number(at) };
      if (id !== `${offset}-0` || !this.#options.signer.verify(userId, event, mac)) break;
      events.push(event);
    }
    return events;
  }

  /** Never rejects: the events are already published, and an index that does not have their bytes yet is no reason to fail. */
  async #grown(events: readonly NewEvent[], bytesOf: (number: number) => number): Promise<void> {
    const { budget } = this.#options;
    let grownBy = 0;
    for (const [number, { userId, data }] of events.entries()) {
      grownBy += data.length;
      const bytes = bytesOf(number);
      if (this.#indexKeys.length === 0 && bytes >= 0) budget.record(channelOf(userId), bytes).catch(() => {});
    }
    await budget.note(grownBy);
  }

  #bounds(): readonly number[] {
    const { events, ageMs, bytesPerUser } = this.#options.history;
    return [events, ageMs, bytesPerUser, this.#indexKeys.length];
  }

  #fieldsOf(event: NewEvent): readonly (string | number)[] {
    return [channelOf(event.userId), event.at, event.name, event.data, this.#options.signer.sign(event)];
  }

  async #run(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    this.#calls += 1;
    const freshEpoch = `${this.#process}-${this.#calls}`;
    return await redisReply(script.run({ client: this.#options.client, keys, args: [freshEpoch, keepMs, ...args] }));
  }
}

type StreamEntry = readonly [id: string, fields: readonly string[]];

const keysOf = (userId: UserId): readonly string[] => [placeKeyOf(userId), historyKeyOf(userId)];
