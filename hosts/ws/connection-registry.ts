import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { EventPosition, LiveEvent } from '../../core/domain/live/live-event.js';
import type { LiveConnections } from '../../core/ports/live/live-connections.js';
import type { CloseName } from './close-causes.js';
import { type EncodedMessage, encodeEvent } from './server-message.js';

/** The registry's view of an admitted connection. */
export interface AdmittedConnection {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  deliver(event: LiveEvent, message: EncodedMessage): void;
  tellLoss(position: EventPosition): void;
  close(name: CloseName): void;
}

/** The connections of this process, by user and by session. */
export class ConnectionRegistry implements LiveConnections {
  readonly #ofUser = new Map<UserId, Set<AdmittedConnection>>();
  readonly #ofSession = new Map<SessionId, Set<AdmittedConnection>>();

  add(connection: AdmittedConnection): void {
    put(this.#ofUser, connection.userId, connection);
    put(this.#ofSession, connection.sessionId, connection);
  }

  remove(connection: AdmittedConnection): void {
    take(this.#ofUser, connection.userId, connection);
    take(this.#ofSession, connection.sessionId, connection);
  }

  countOf(userId: UserId): number {
    return this.#ofUser.get(userId)?.size ?? 0;
  }

  userIds(): Iterable<UserId> {
    return this.#ofUser.keys();
  }

  sessionIds(): Iterable<SessionId> {
    return this.#ofSession.keys();
  }

  /** Encodes the event once, for any number of connections. */
  deliver(userId: UserId, event: LiveEvent): void {
    const message = encodeEvent(event);
    for (const connection of this.#ofUser.get(userId) ?? []) connection.deliver(event, message);
  }

  tellLoss(userId: UserId, position: EventPosition): void {
    for (const connection of this.#ofUser.get(userId) ?? []) connection.tellLoss(position);
  }

  endSession(id: SessionId, code: 'session_revoked' | 'account_disabled'): number {
    const connections = [...(this.#ofSession.get(id) ?? [])];
    for (const connection of connections) connection.close(code);
    return connections.length;
  }
}

function put<Key>(sets: Map<Key, Set<AdmittedConnection>>, key: Key, connection: AdmittedConnection): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([connection]));
  else set.add(connection);
}

function take<Key>(sets: Map<Key, Set<AdmittedConnection>>, key: Key, connection: AdmittedConnection): void {
  const set = sets.get(key);
  set?.delete(connection);
  if (set?.size === 0) sets.delete(key);
}
