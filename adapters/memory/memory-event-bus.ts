import { hex } from '../../core/domain/hex.js';
import type { UserId } from '../../core/domain/ids.js';
import type { Instant } from '../../core/domain/instant.js';
import { type EventPosition, type HistoryBounds, historyBounds, type NewEvent } from '../../core/domain/live-event.js';
import type { Clock } from '../../core/ports/clock.js';
import type { EventBus, EventHistory, EventListener, EventSubscription } from '../../core/ports/event-bus.js';
import type { Random } from '../../core/ports/random.js';
import { EventStream } from './event-stream.js';

export interface MemoryEventBusOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly history?: HistoryBounds;
}

interface Kept {
  readonly stream: EventStream;
  readonly usedAt: Instant;
}

interface Ear {
  readonly listener: EventListener;
  readonly userIds: Set<UserId>;
}

/** A place is remembered for a day after it was last of use. */
const keepMs = 86_400_000;
/** How many idle streams one event looks at: more than one, so that they leave faster than they come. */
const sweep = 4;

/** Carries events within one process. For a service of one process, and for tests. */
export class MemoryEventBus implements EventBus {
  readonly #options: Required<MemoryEventBusOptions>;
  /** The one used longest ago comes first. */
  readonly #streams = new Map<UserId, Kept>();
  readonly #ears = new Set<Ear>();

  constructor({ clock, random, history = historyBounds }: MemoryEventBusOptions) {
    this.#options = { clock, random, history };
  }

  async publish(event: NewEvent): Promise<EventPosition> {
    const { userId } = event;
    const placed = this.#streamOf(userId).append(event, this.#options.clock.now());
    for (const { listener, userIds } of this.#ears) if (userIds.has(userId)) listener.delivered(userId, placed);
    return { epoch: placed.epoch, offset: placed.offset };
  }

  async publishChange(event: NewEvent, states: { readonly previous: string | null; readonly current: string }): Promise<boolean> {
    const told = this.#streamOf(event.userId).states;
    const before = told.get(event.name) ?? states.previous;
    told.set(event.name, states.current);
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

  /** Loses everything that was kept, as a restart would: for tests of those who listen. */
  async forgetAll(): Promise<void> {
    this.#streams.clear();
    for (const { listener, userIds } of this.#ears) {
      for (const userId of userIds) listener.lost(userId, this.#streamOf(userId).position);
    }
  }

  #streamOf(userId: UserId): EventStream {
    const { clock, random, history } = this.#options;
    const usedAt = clock.now();
    const epoch = () => hex(random.bytes(8));
    const stream = this.#streams.get(userId)?.stream ?? new EventStream({ epoch: epoch(), bounds: history });
    this.#streams.delete(userId);
    this.#streams.set(userId, { stream, usedAt });
    this.#forgetIdle(usedAt - keepMs);
    return stream;
  }

  #forgetIdle(usedBefore: Instant): void {
    let looks = sweep;
    for (const [userId, { usedAt }] of this.#streams) {
      if (usedAt >= usedBefore || looks === 0) return;
      if (![...this.#ears].some(({ userIds }) => userIds.has(userId))) this.#streams.delete(userId);
      looks -= 1;
    }
  }
}
