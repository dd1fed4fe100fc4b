import type { UserId } from '../../domain/ids.js';
import type { EventPosition, LiveEvent, NewEvent } from '../../domain/live/live-event.js';

/** The result of a read of a user's history. */
export type EventHistory =
  /** The events after the requested position, without a gap, oldest first. `newest` is the end of the stream. */
  | { readonly kind: 'found'; readonly events: readonly LiveEvent[]; readonly newest: EventPosition }
  /** The history does not reach back to that position, or the position is unknown. */
  | { readonly kind: 'lost'; readonly newest: EventPosition };

export interface EventListener {
  /** Called in the order of the stream, without a gap, once for each event. */
  delivered(userId: UserId, event: LiveEvent): void;
  /** The events between the last delivered one and `position` are lost. Delivery continues after `position`. */
  lost(userId: UserId, position: EventPosition): void;
}

/** The subscription of one process. */
export interface EventSubscription {
  /**
   * Subscribes to a user's events from now on. Never rejects: while the bus is unavailable the position stays unknown, and once the bus is
   * back, `lost` is called on the listener with the position.
   */
  add(userId: UserId): Promise<void>;
  /** The position after the last event that was delivered to the listener; null while it is unknown. */
  positionOf(userId: UserId): EventPosition | null;
  remove(userId: UserId): void;
  stop(): Promise<void>;
}

/**
 * Delivers events to a user's devices in any process. Keeps the last events of each user, within `HistoryBounds`, for devices that
 * reconnect.
 */
export interface EventBus {
  /** Assigns the event its position, stores it and publishes it in one atomic step. @throws AuthError `dependency_unavailable` */
  publish(event: NewEvent): Promise<EventPosition>;

  /**
   * Publishes an event that carries a state, unless the last state published under this name is the same. When several processes detect one
   * change, one of them publishes it. `previous` is the state that the caller knew before. Where neither the caller nor the bus knew a
   * state, the bus only stores the current one. Returns whether the event was published. @throws AuthError `dependency_unavailable`
   */
  publishChange(event: NewEvent, states: { readonly previous: string | null; readonly current: string }): Promise<boolean>;

  /**
   * Publishes to every user that was connected within the last day. Other users cannot miss the event, since their position is no longer
   * known. Returns the number of users. @throws AuthError `dependency_unavailable`
   */
  publishToAll(event: Omit<NewEvent, 'userId'>): Promise<number>;

  /** Returns at most `limit` events after `position`. @throws AuthError `dependency_unavailable` */
  readAfter(userId: UserId, position: EventPosition, limit: number): Promise<EventHistory>;

  /** Opens a subscription, at first without users. */
  listen(listener: EventListener): Promise<EventSubscription>;
}
