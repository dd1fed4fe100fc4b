import type { UserId } from '../../domain/ids.js';
import type { EventPosition } from '../../domain/live/live-event.js';
import type { EventSubscription } from '../../ports/live/event-bus.js';
import type { LiveConnections } from '../../ports/live/live-connections.js';
import type { LiveMetrics } from '../../ports/live/live-metrics.js';
import type { Ports } from '../../ports/ports.js';

export interface DeliverEventPorts extends Pick<Ports, 'clock' | 'eventBus'> {
  readonly metrics: Pick<LiveMetrics, 'eventDelivered'>;
}

/** Forwards events from the bus to the connections of this process. Subscribes only for users that have a connection. */
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
   * Call once for each connection, before its position is sent to it. Resolves when the position can be read and later events go to
   * `deliver`. While the bus is unavailable the position is null, and `tellLoss` is called once the bus is back. Never rejects.
   */
  async follow(userId: UserId): Promise<void> {
    this.#connections.set(userId, (this.#connections.get(userId) ?? 0) + 1);
    await this.#subscription?.add(userId);
  }

  /** Call once for each `follow`. */
  unfollow(userId: UserId): void {
    const left = (this.#connections.get(userId) ?? 0) - 1;
    if (left > 0) {
      this.#connections.set(userId, left);
    } else {
      this.#connections.delete(userId);
      this.#subscription?.remove(userId);
    }
  }

  /** The position after the last event that this process delivered. */
  positionOf(userId: UserId): EventPosition | null {
    return this.#subscription?.positionOf(userId) ?? null;
  }

  async stop(): Promise<void> {
    await this.#subscription?.stop();
    this.#subscription = null;
  }
}
