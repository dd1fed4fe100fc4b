import { hex } from '../../../core/domain/hex.js';
import type { UserId } from '../../../core/domain/ids.js';
import type { Instant } from '../../../core/domain/instant.js';
import { type EventPosition, type HistoryBounds, historyBounds, type NewEvent } from '../../../core/domain/live/live-event.js';
import type { Clock } from '../../../core/ports/clock.js';
import type { EventBus, EventHistory, EventListener, EventSubscription } from '../../../core/ports/live/event-bus.js';
import type { Random } from '../../../core/ports/random.js';
import type { ScheduledTask, Scheduler } from '../../../core/ports/scheduler.js';
import { RecentlyUsed } from '../recently-used.js';
import { EventStream } from './event-stream.js';
import { KeptEvents } from './kept-events.js';

export interface MemoryEventBusOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly history?: HistoryBounds;
  /** Frees old events while nothing is published. Without it, they are freed with the next event or read. */
  readonly scheduler?: Scheduler | null;
  /** Max number of users whose position is remembered. Above it, the least recently used position without a listener is dropped. */
  readonly maxStreams?: number;
}

interface Ear {
  readonly listener: EventListener;
  readonly userIds: Set<UserId>;
}

/** A position is remembered for a day after its last use, in milliseconds. */
const keepMs = 86_400_000;
/** Number of idle streams that one event checks: more than one, so that streams are removed faster than they are added. */
const sweep = 4;
const trimEveryMs = 10_000;

/** Delivers events within one process. For a service with one process, and for tests. */
export class MemoryEventBus implements EventBus {
  readonly #options: Required<MemoryEventBusOptions>;
  readonly #kept: KeptEvents;
  readonly #streams = new RecentlyUsed<UserId, EventStream>();
  readonly #ears = new Set<Ear>();
  /** Runs while there are events to be freed. */
  #trimming: ScheduledTask | null = null;

  constructor({ clock, random, history = historyBounds, scheduler = null, maxStreams = 50_000 }: MemoryEventBusOptions) {
    this.#options = { clock, random, history, scheduler, maxStreams };
    this.#kept = new KeptEvents(history);
  }

  /** Size in bytes of the events that are kept. */
  get keptBytes(): number {
    return this.#kept.bytes;
  }

  async publish(event: NewEvent): Promise<EventPosition> {
    const { userId } = event;
    const placed = this.#streamOf(userId).append(event, this.#options.clock.now());
    this.#trimming ??= this.#options.scheduler?.every(trimEveryMs, async () => this.#trim()) ?? null;
    for (const { listener, userIds } of this.#ears) if (userIds.has(userId)) listener.delivered(userId, placed);
    return { epoch: placed.epoch, offset: placed.offset };
  }

  async publishChange(event: NewEvent, states: { readonly previous: string | null; readonly current: string }): Promise<boolean> {
    const before = this.#streamOf(event.userId).changeState(event.name, states.current) ?? states.previous;
    if (before === null || before === states.current) return false;
    await this.publish(event);
    return true;
  }

  async publishToAll(event: Omit<NewEvent, 'userId'>): Promise<number> {
    const userIds = [...this.#streams.keys()];
    for (const userId of userIds) await this.publish({ ...event, userId });
    return userIds.length;
  }

  async readAfter(userId: UserId, position: EventPosition, limit: number): Promise<EventHistory> {
    return this.#streamOf(userId).readAfter(position, limit, this.#options.clock.now());
  }

  async listen(listener: EventListener): Promise<EventSubscription> {
    const ear: Ear = { listener, userIds: new Set() };
    this.#ears.add(ear);
    return {
      add: async (userId) => {
        this.#streamOf(userId);
        ear.userIds.add(userId);
      },
      positionOf: (userId) => (ear.userIds.has(userId) ? this.#streamOf(userId).position : null),
      remove: (userId) => void ear.userIds.delete(userId),
      stop: async () => void this.#ears.delete(ear),
    };
  }

  /** Drops everything that was kept, as a restart would. For tests of listeners. */
  async forgetAll(): Promise<void> {
    for (const userId of this.#streams.keys()) this.#forget(userId);
    for (const { listener, userIds } of this.#ears) {
      for (const userId of userIds) listener.lost(userId, this.#streamOf(userId).position);
    }
  }

  #streamOf(userId: UserId): EventStream {
    const now = this.#options.clock.now();
    const stream = this.#streams.get(userId) ?? this.#newStream();
    this.#streams.set(userId, stream, now);
    this.#forgetIdle(now);
    return stream;
  }

  #newStream(): EventStream {
    const { random, history } = this.#options;
    return new EventStream({ epoch: hex(random.bytes(8)), bounds: history, kept: this.#kept });
  }

  #forgetIdle(now: Instant): void {
    for (let looks = 0; looks < sweep; looks += 1) {
      const idle = this.#streams.oldest;
      if (idle === null || (idle.usedAt >= now - keepMs && this.#streams.size <= this.#options.maxStreams)) return;
      // a listener counts as permanent use
      if (this.#isFollowed(idle.key)) this.#streams.set(idle.key, idle.value, now);
      else this.#forget(idle.key);
    }
  }

  #forget(userId: UserId): void {
    this.#streams.get(userId)?.dropAll();
    this.#streams.delete(userId);
  }

  #isFollowed(userId: UserId): boolean {
    return [...this.#ears].some(({ userIds }) => userIds.has(userId));
  }

  #trim(): void {
    this.#kept.trim(this.#options.clock.now());
    if (this.#kept.bytes > 0) return;
    // a run that awaits its own end would never end
    void this.#trimming?.stop();
    this.#trimming = null;
  }
}
