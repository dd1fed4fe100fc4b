import type { UserId } from '../../domain/ids.js';
import { type Instant, secondsToMs } from '../../domain/instant.js';
import { currentSubscription, type SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';
import type { LiveConnections } from '../../ports/live/live-connections.js';
import type { Ports } from '../../ports/ports.js';
import type { ScheduledTask } from '../../ports/scheduler.js';

export type WatchSubscriptionsPorts = Pick<Ports, 'subscriptions' | 'clock' | 'scheduler' | 'logger' | 'eventBus' | 'eventEncoder'>;

export interface WatchSubscriptionsInput {
  readonly connections: Pick<LiveConnections, 'userIds'>;
  /** How often each connected user's subscription is read. */
  readonly intervalSeconds: number;
}

/** Users read at once. */
const batchSize = 100;

/**
 * Tells connected users when their subscription is no longer what it was: by whoever changed the row, and by the clock when a period
 * begins or ends. The table is only read, again and again.
 */
export class WatchSubscriptions {
  readonly #ports: WatchSubscriptionsPorts;
  /** What each connected user's subscription was when it was last read. */
  #states: ReadonlyMap<UserId, string> = new Map();
  #polling: ScheduledTask | null = null;

  constructor(ports: WatchSubscriptionsPorts) {
    this.#ports = ports;
  }

  start({ connections, intervalSeconds }: WatchSubscriptionsInput): void {
    this.#polling = this.#ports.scheduler.every(secondsToMs(intervalSeconds), () => this.#poll([...connections.userIds()]));
  }

  async stop(): Promise<void> {
    await this.#polling?.stop();
  }

  async #poll(userIds: readonly UserId[]): Promise<void> {
    const states = new Map<UserId, string>();
    try {
      for (let start = 0; start < userIds.length; start += batchSize) {
        const batch = userIds.slice(start, start + batchSize);
        const periods = await this.#ports.subscriptions.periodsOfMany(batch);
        const now = this.#ports.clock.now();
        await Promise.all(batch.map(async (userId) => states.set(userId, await this.#judge(userId, periods.get(userId) ?? [], now))));
      }
      this.#states = states;
    } catch (error) {
      this.#states = new Map([...this.#states, ...states]);
      this.#ports.logger.debug('subscriptions could not be watched', { error });
    }
  }

  /** Several processes may notice one change, and a process that just started knows nothing yet: the bus keeps what was told. */
  async #judge(userId: UserId, periods: readonly SubscriptionPeriod[], now: Instant): Promise<string> {
    const { eventBus, eventEncoder } = this.#ports;
    const event = eventEncoder.encode({ kind: 'subscription_changed', subscription: currentSubscription(periods, now) });
    const previous = this.#states.get(userId) ?? null;
    if (event.data === previous) return previous;
    await eventBus.publishChange({ ...event, userId, at: now }, { previous, current: event.data });
    return event.data;
  }
}
