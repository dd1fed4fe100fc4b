import type { UserId } from '../../domain/ids.js';
import type { EventPosition, LiveEvent, NewEvent } from '../../domain/live/live-event.js';

/** What a reader of history is given. */
export type EventHistory =
  /** Events after the place that was asked for, without a gap, oldest first; `newest` is where the stream ends. */
  | { readonly kind: 'found'; readonly events: readonly LiveEvent[]; readonly newest: EventPosition }
  /** History does not reach back to that place, or knows nothing of it. */
  | { readonly kind: 'lost'; readonly newest: EventPosition };

export interface EventListener {
  /** In the order of the stream, without a gap, and each once. */
  delivered(userId: UserId, event: LiveEvent): void;
  /** What came between the last event delivered and `position` cannot be had any more; it goes on after `position`. */
  lost(userId: UserId, position: EventPosition): void;
}

/** One process's ear. */
export interface EventSubscription {
  /**
   * Listens for a user from now on. Never rejects: while the bus is away the place stays unknown, and once the bus is back the
   * listener is told of it by `lost`.
   */
  add(userId: UserId): Promise<void>;
  /** The place after the last event delivered to the listener; null while it is not known. */
  positionOf(userId: UserId): EventPosition | null;
  remove(userId: UserId): void;
  stop(): Promise<void>;
}

/**
 * Carries events to a user's devices, on whichever process they are, and keeps the last ones of each user, bounded by
 * `HistoryBounds`, for those that come back.
 */
export interface EventBus {
  /** Gives the event its place, in one atomic step with keeping and telling it. @throws AuthError `dependency_unavailable` */
  publish(event: NewEvent): Promise<EventPosition>;

  /**
   * Publishes an event that tells of a state, unless the state that was told last under this name is the same; of any number of
   * processes that notice one change, one tells it. `previous` is the state that the caller knew before; where neither he nor the bus
   * knew any, the state is only remembered. Answers whether it was told. @throws AuthError `dependency_unavailable`
   */
  publishChange(event: NewEvent, states: { readonly previous: string | null; readonly current: string }): Promise<boolean>;

  /**
   * To every user who was connected within the last day: who was not cannot miss it, since his place is no longer known. Answers to how
   * many. @throws AuthError `dependency_unavailable`
   */
  publishToAll(event: Omit<NewEvent, 'userId'>): Promise<number>;

  /** At most `limit` events after `position`. @throws AuthError `dependency_unavailable` */
  readAfter(userId: UserId, position: EventPosition, limit: number): Promise<EventHistory>;

  /** Starts to listen, for nobody yet. */
  listen(listener: EventListener): Promise<EventSubscription>;
}
