import type { UserId } from '../../domain/ids.js';
import { type Instant, secondsToMs } from '../../domain/instant.js';
import { currentSubscription, type SubscriptionPeriod } from '../../domain/subscriptions/subscription.js';
import type { LiveConnections } from '../../ports/live/live-connections.js';
import type { Ports } from '../../ports/ports.js';
import type { ScheduledTask } from '../../ports/scheduler.js';

export type WatchSubscriptionsPorts = Pick<Ports, 'subscriptions' | 'clock' | 'scheduler' | 'logger' | 'eventBus' | 'eventEncoder'>;

export interface WatchSubscriptionsInput {
  readonly connections: Pick<LiveConnections, 'userIds'>;
  /** Interval between two reads of each connected user's subscription, in seconds. */
  readonly intervalSeconds: number;
}

/** Number of users read at once. */
const batchSize = 100;

/**
 * Notifies connected users when their subscription changes: because another application changed the row, or because a period begins or
 * ends. It only reads the table, at a fixed interval.
 */
export class WatchSubscriptions {
  readonly #ports: WatchSubscriptionsPorts;
  /** Each connected user's subscription at the last read. */
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

  /** Several processes may detect one change, and a new process has no earlier state: the bus keeps the state that was last published. */
  async #judge(userId: UserId, periods: readonly SubscriptionPeriod[], now: Instant): Promise<string> {
    const { eventBus, eventEncoder } = this.#ports;
    const event = eventEncoder.encode({ kind: 'subscription_changed', subscription: currentSubscription(periods, now) });
    const previous = this.#states.get(userId) ?? null;
    if (event.data === previous) return previous;
    await eventBus.publishChange({ ...event, userId, at: now }, { previous, current: event.data });
    return event.data;
  }
}
