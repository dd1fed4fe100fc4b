import { AuthError } from '../../core/domain/auth-error.js';
import type { Origin } from '../../core/domain/origin.js';
import type { Admission, Presented } from '../../core/usecases/live/admit-connection.js';
import { AdmittedClient } from './admitted-client.js';
import { closeNameOf } from './close-name-of.js';
import type { ConnectionParts } from './connection-parts.js';
import { parseMessage } from './parse-message.js';
import type { SocketSender } from './socket-sender.js';
import type { Judged } from './trace-admission.js';

export interface MessageHandlerOptions {
  readonly origin: Origin;
  readonly judged: Judged;
  readonly parts: ConnectionParts;
  readonly sender: SocketSender;
  /** When the connection was opened, on the clock of `performance.now`. */
  readonly openedAt: number;
  /** Counts messages against the rate limit of the connection. Returns false, and closes it, when they exceed the limit. */
  readonly spend: (messages: number) => boolean;
}

/** Handles the messages of one client: the first one admits it, unless its upgrade did. Records the end of an admitted connection. */
export class MessageHandler {
  readonly #options: MessageHandlerOptions;
  #isAuthDue = true;
  #admission: Admission | null = null;
  /** Null before the client is admitted, and after this side starts to close. */
  #client: AdmittedClient | null = null;
  /** Stays after the client has left, since history may still be sent to it. */
  #admitted: AdmittedClient | null = null;
  #closedWith: number | null = null;

  constructor(options: MessageHandlerOptions) {
    this.#options = options;
  }

  /** True until the client has presented something to be admitted with. */
  get isAuthDue(): boolean {
    return this.#isAuthDue;
  }

  get heldBytes(): number {
    return this.#admitted?.heldBytes ?? 0;
  }

  /** To be called at regular intervals. */
  tick(now: number): void {
    this.#client?.tick(now);
  }

  /** Admits the client, or closes the connection. Never rejects. */
  admit(presented: Presented): Promise<void> {
    return this.#attempt(() => this.#admit(presented), presented);
  }

  /** Handles one message: at once, then it returns null, or asynchronously. Never rejects. */
  handle(data: Buffer): Promise<void> | null {
    const { sender, parts, spend } = this.#options;
    if (!sender.isOpen) return null;
    const bytes = data.length;
    const client = this.#client;
    if (client?.charge(bytes) === false) return this.#close('too_many_messages');
    if (client?.refuseUnread(bytes) === true) return null;
    const message = parseMessage(data.toString('utf8'));
    parts.services.metrics.messageReceived(message?.type ?? 'invalid');
    if (client === null && message?.type === 'auth') {
      return this.#attempt(() => this.#admit({ kind: 'token', via: 'message', token: message.token }));
    }
    if (client === null || message === null) return this.#close('bad_message');
    if (message.type === 'ping') {
      client.pong();
      return null;
    }
    // the inbox counted a renewal as one message already
    if (message.type === 'auth' && !spend(parts.limits.authCost - 1)) return null;
    return this.#attempt(() => client.handle(message, bytes));
  }

  /** Removes the client from the registry. Does not wait until the client completes the closing handshake. */
  leave(): void {
    const client = this.#client;
    if (client === null) return;
    this.#client = null;
    this.#options.parts.registry.remove(client);
    this.#options.parts.services.deliverEvent.unfollow(client.userId);
  }

  /** The connection is closed. A client whose admission is not complete yet is recorded after it. */
  closed(closeCode: number): void {
    this.#closedWith = closeCode;
    this.leave();
    if (this.#admission !== null) this.#recordEnd(this.#admission, closeCode);
  }

  async #admit(presented: Presented): Promise<void> {
    const { origin, parts, judged, sender } = this.#options;
    const { services, registry, limits, traffic, admissions } = parts;
    this.#isAuthDue = false;
    const admission = await judged(() => admissions.run(() => services.admitConnection.execute({ presented, origin })));
    this.#admission = admission;
    if (this.#closedWith !== null) return this.#recordEnd(admission, this.#closedWith);
    const { userId, sessionId } = admission;
    services.logger.info('socket opened', { requestId: origin.requestId, ip: origin.ip, userId, sessionId });
    await services.deliverEvent.follow(userId);
    const hasRoom = registry.countOf(userId) < limits.socketsPerUser;
    if (!sender.isOpen || !hasRoom) {
      services.deliverEvent.unfollow(userId);
      return sender.close('too_many_sockets');
    }
    this.#client = new AdmittedClient({ services, limits, registry, traffic, sender, admission });
    this.#admitted = this.#client;
    registry.add(this.#client);
  }

  async #attempt(work: () => Promise<void>, presented?: Presented): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { origin, parts, sender } = this.#options;
      if (!(error instanceof AuthError)) parts.services.logger.error('a socket message failed', { error, requestId: origin.requestId });
      sender.close(closeNameOf(error, presented));
    }
  }

  #close(name: 'bad_message' | 'too_many_messages'): null {
    this.#options.sender.close(name);
    return null;
  }

  #recordEnd(admission: Admission, closeCode: number): void {
    const { origin, parts, openedAt } = this.#options;
    parts.disconnections.record({ admission, origin, closeCode, seconds: Math.round((performance.now() - openedAt) / 1000) });
  }
}
