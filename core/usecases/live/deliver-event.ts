import type { UserId } from '../../domain/ids.js';
import type { EventPosition } from '../../domain/live/live-event.js';
import type { EventSubscription } from '../../ports/live/event-bus.js';
import type { LiveConnections } from '../../ports/live/live-connections.js';
import type { LiveMetrics } from '../../ports/live/live-metrics.js';
import type { Ports } from '../../ports/ports.js';

export interface DeliverEventPorts extends Pick<Ports, 'clock' | 'eventBus'> {
  readonly metrics: Pick<LiveMetrics, 'eventDelivered'>;
}

/** Passes on what the bus brings to the connections of this process, and listens for those users alone who have one. */
export class DeliverEvent {
  readonly #ports: DeliverEventPorts;
  readonly #connections = new Map<UserId, number>();
  #subscription: EventSubscription | null = null;

  constructor(ports: DeliverEventPorts) {
    this.#ports = ports;
  }

  async start(connections: Pick<LiveConnections, 'deliver' | 'tellLoss'>): Promise<void> {
    const { eventBus, metrics, clock } = this.#ports;
    this.#subscription = await eventBus.listen({
      delivered: (userId, event) => {
        metrics.eventDelivered(Math.max(0, clock.now() - event.at) / 1000);
        connections.deliver(userId, event);
      },
      lost: (userId, position) => connections.tellLoss(userId, position),
    });
  }

  /**
   * To be called for each connection, before it is told its place. Resolves when the place can be asked for, with what comes after it
   * going to `deliver`; where the bus is away the place is null, and `tellLoss` comes once it is back. Never rejects.
   */
  async follow(userId: UserId): Promise<void> {
    this.#connections.set(userId, (this.#connections.get(userId) ?? 0) + 1);
    await this.#subscription?.add(userId);
  }

  /** To be called once for each `follow`. */
  unfollow(userId: UserId): void {
    const left = (this.#connections.get(userId) ?? 0) - 1;
    if (left > 0) {
      this.#connections.set(userId, left);
    } else {
      this.#connections.delete(userId);
      this.#subscription?.remove(userId);
    }
  }

  /** The place after the last event that was delivered in this process. */
  positionOf(userId: UserId): EventPosition | null {
    return this.#subscription?.positionOf(userId) ?? null;
  }

  async stop(): Promise<void> {
    await this.#subscription?.stop();
    this.#subscription = null;
  }
}
