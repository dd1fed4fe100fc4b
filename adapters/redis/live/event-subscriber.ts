import { Redis } from 'ioredis';
import type { UserId } from '../../../core/domain/ids.js';
import type { EventPosition } from '../../../core/domain/live/live-event.js';
import type { EventHistory, EventListener, EventSubscription } from '../../../core/ports/live/event-bus.js';
import type { Logger } from '../../../core/ports/operations/logger.js';
import type { ScheduledTask, Scheduler } from '../../../core/ports/scheduler.js';
import type { RedisClient } from '../redis-client.js';
import { EventFollower } from './event-follower.js';
import { channelOf, parseMessage, userOf } from './event-message.js';
import type { EventSigner } from './event-signer.js';

export interface EventSubscriberOptions {
  /** A separate client: it is used only for subscriptions. */
  readonly client: RedisClient;
  readonly listener: EventListener;
  readonly read: (userId: UserId, after: EventPosition) => Promise<EventHistory>;
  readonly signer: EventSigner;
  /** Records the connected users, so that `publishToAll` finds them. */
  readonly touch: (userIds: readonly UserId[]) => Promise<void>;
  readonly scheduler: Scheduler;
  readonly logger: Logger;
}

interface Followed {
  readonly follower: EventFollower;
  /** Resolves once the user's position is known, or could not be found at once. Never rejects. */
  readonly started: Promise<void>;
}

const beatMs = 1000;
/** After this many heartbeats every history is read, with or without events: this finds messages that the channel lost silently. */
const beatsPerSweep = 15;
const channelsPerCommand = 1000;
const readsAtOnce = 100;

/** One connection that subscribes to the channels of all users of this process, and subscribes again after any failure of Redis. */
export class EventSubscriber implements EventSubscription {
  readonly #options: EventSubscriberOptions;
  readonly #followed = new Map<UserId, Followed>();
  readonly #beating: ScheduledTask;
  #beatsLeft = beatsPerSweep;
  #isSweepDue = false;
  #sweeping: Promise<void> | null = null;

  constructor(options: EventSubscriberOptions) {
    const { client, scheduler } = options;
    this.#options = options;
    // the sweep subscribes again, and handles its errors
    if (client instanceof Redis) client.options.autoResubscribe = false;
    client.on('message', (channel: string, text: string) => this.#hear(channel, text));
    client.on('ready', () => this.#inBackground(this.#sweep()));
    this.#beating = scheduler.every(beatMs, () => this.#beat());
  }

  async add(userId: UserId): Promise<void> {
    const known = this.#followed.get(userId);
    if (known !== undefined) return known.started;
    const { listener, read } = this.#options;
    const follower = new EventFollower({ userId, listener, read: (after) => read(userId, after) });
    const started = this.#start(userId, follower);
    this.#followed.set(userId, { follower, started });
    await started;
  }

  positionOf(userId: UserId): EventPosition | null {
    return this.#followed.get(userId)?.follower.position ?? null;
  }

  remove(userId: UserId): void {
    if (this.#followed.delete(userId)) this.#inBackground(this.#options.client.unsubscribe(channelOf(userId)));
  }

  async stop(): Promise<void> {
    this.#followed.clear();
    this.#options.client.disconnect();
    await this.#beating.stop();
  }

  /** Subscribes first and then reads the position, so that no event is lost between the two. */
  async #start(userId: UserId, follower: EventFollower): Promise<void> {
    const { client, touch } = this.#options;
    const heard = client.subscribe(channelOf(userId)).catch((error: unknown) => this.#failed(error));
    await Promise.all([heard, touch([userId]).catch((error: unknown) => this.#failed(error))]);
    await follower.start().catch((error: unknown) => this.#failed(error));
  }

  /**
   * A message that does not verify does not advance the position, since its own position may be false: the history shows whether it holds
   * an event there.
   */
  #hear(channel: string, text: string): void {
    const userId = userOf(channel);
    const followed = this.#followed.get(userId);
    if (followed === undefined) return;
    const { event, mac } = parseMessage(text);
    if (this.#options.signer.verify(userId, event, mac) && followed.follower.hear(event)) return;
    this.#inBackground(followed.follower.catchUp());
  }

  /** A ping without a reply ends a connection that only this side still considers open. */
  async #beat(): Promise<void> {
    const { client } = this.#options;
    if (client.status !== 'ready') return;
    this.#beatsLeft -= 1;
    try {
      await client.ping();
      if (this.#isSweepDue || this.#beatsLeft <= 0) await this.#sweep();
    } catch (error) {
      this.#failed(error);
    }
  }

  async #sweep(): Promise<void> {
    this.#sweeping ??= this.#sweepAll().finally(() => {
      this.#sweeping = null;
    });
    await this.#sweeping;
  }

  /** Subscribes to every channel and then reads every history, which finds the events from before the subscription. */
  async #sweepAll(): Promise<void> {
    const { client, touch } = this.#options;
    this.#isSweepDue = false;
    this.#beatsLeft = beatsPerSweep;
    const userIds = [...this.#followed.keys()];
    for (const some of chunks(userIds, channelsPerCommand)) await client.subscribe(...some.map(channelOf));
    for (const some of chunks(userIds, readsAtOnce)) {
      await touch(some);
      await Promise.all(some.map((userId) => this.#followed.get(userId)?.follower.catchUp()));
    }
    const gone = userIds.filter((userId) => !this.#followed.has(userId));
    if (gone.length > 0) await client.unsubscribe(...gone.map(channelOf));
  }

  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#failed(error));
  }

  /** The next sweep repairs a failure. */
  #failed(error: unknown): void {
    this.#isSweepDue = true;
    this.#options.logger.debug('events cannot be followed', { error });
  }
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
