import type { RawData } from 'ws';
import { AuthError } from '../../core/domain/auth-error.js';
import type { Origin } from '../../core/domain/origin.js';
import type { Admission, Presented } from '../../core/usecases/live/admit-connection.js';
import { AdmittedClient } from './admitted-client.js';
import { type CloseName, closeCause, countedCode } from './close-causes.js';
import { closeNameOf } from './close-name-of.js';
import type { ConnectionParts } from './connection-parts.js';
import type { MemoryHolder } from './held-memory.js';
import { Inbox } from './inbox.js';
import { parseMessage } from './parse-message.js';
import { Pulse } from './pulse.js';
import type { ReasonedWebSocket } from './reasoned-web-socket.js';
import { SocketSender } from './socket-sender.js';
import { TokenBucket } from './token-bucket.js';
import type { Judged } from './trace-admission.js';

export interface ConnectionOptions {
  readonly socket: ReasonedWebSocket;
  readonly origin: Origin;
  readonly judged: Judged;
  readonly flush: () => void;
  readonly parts: ConnectionParts;
  /** Called once, when the connection is gone. */
  readonly onGone: (connection: Connection) => void;
}

/** As it was read, as it was put together, and as it is sent on. */
const copiesOfMessage = 3;

/** One WebSocket from its upgrade to its end. */
export class Connection implements MemoryHolder {
  readonly #options: ConnectionOptions;
  readonly #line: SocketSender;
  readonly #inbox: Inbox;
  readonly #messages: TokenBucket;
  readonly #pulse: Pulse;
  readonly #openedAt = performance.now();
  #isAuthDue = true;
  #admission: Admission | null = null;
  /** Null while the client takes no part: before it is admitted, and once this side closes. */
  #client: AdmittedClient | null = null;
  /** Stays when the client has left, since it may still be sent history. */
  #admitted: AdmittedClient | null = null;
  #goneWith: number | null = null;

  constructor(options: ConnectionOptions) {
    const { socket, flush, parts } = options;
    const { limits, services } = parts;
    this.#options = options;
    this.#line = new SocketSender({
      socket,
      metrics: services.metrics,
      maxQueuedBytes: limits.maxQueuedBytes,
      flush,
      onQueued: () => parts.memory.note(this),
      longMessages: parts.longMessages,
      onClosing: () => this.#leave(),
    });
    this.#inbox = new Inbox({
      handle: (data) => this.#handle(data),
      pause: (isPaused) => (isPaused ? socket.pause() : socket.resume()),
    });
    this.#messages = new TokenBucket({ perSecond: limits.messagesPerSecond, burst: limits.messageBurst }, this.#openedAt);
    this.#pulse = new Pulse(limits, this.#openedAt);
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('ping', () => this.#spend());
    socket.on('pong', () => {
      if (this.#spend()) this.#pulse.answered();
    });
    socket.on('error', (error) => this.#failed(error));
    socket.once('close', (code) => this.#gone(code));
  }

  /** Lets the client in with what its upgrade showed, or waits for its first message. */
  start(presented: Presented | null): void {
    if (presented === null) this.#line.flush();
    else void this.#inbox.first(() => this.#attempt(() => this.#admit(presented), presented));
  }

  /** To be called now and then. `now` is of a clock that never goes back. */
  tick(now: number): void {
    this.#line.flush();
    // nothing else notices a message that does not end
    if (this.#options.socket.unfinishedBytes > 0) this.#options.parts.memory.note(this);
    if (!this.#line.isOpen) return;
    const due = this.#pulse.due(now);
    if (due === 'cut') this.cut();
    if (due === 'ping') this.#line.ping();
    if (this.#isAuthDue && now >= this.#openedAt + this.#options.parts.limits.authTimeoutMs) this.close('auth_timeout');
    this.#client?.tick(now);
  }

  close(name: CloseName, retryMs?: number): void {
    this.#line.close(name, retryMs);
  }

  cut(): void {
    this.#line.cut();
  }

  get heldBytes(): number {
    const { unfinishedBytes } = this.#options.socket;
    return unfinishedBytes + this.#line.queuedBytes + this.#inbox.heldBytes + (this.#admitted?.heldBytes ?? 0);
  }

  /** Without a word, which would wait behind what is to be freed. */
  cutForMemory(): void {
    this.#options.parts.services.metrics.slowConsumerCut();
    this.cut();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#line.isOpen || !this.#spend()) return;
    const { memory, longMessages } = this.#options.parts;
    // a cast: the library gives nothing but a Buffer unless it is told to
    const message = data as Buffer;
    longMessages.note(message.length, copiesOfMessage);
    if (isBinary) this.close('binary_message');
    else this.#inbox.put(message);
    if (this.#inbox.heldBytes > 0) memory.note(this);
  }

  /** Control frames cost as much as messages. */
  #spend(cost = 1): boolean {
    if (this.#messages.spend(cost, performance.now())) return true;
    this.close('too_many_messages');
    return false;
  }

  #handle(data: Buffer): Promise<void> | null {
    if (!this.#line.isOpen) return null;
    const bytes = data.length;
    if (this.#client?.charge(bytes) === false) {
      this.close('too_many_messages');
      return null;
    }
    if (this.#client?.refuseUnread(bytes) === true) return null;
    const message = parseMessage(data.toString('utf8'));
    this.#options.parts.services.metrics.messageReceived(message?.type ?? 'invalid');
    const client = this.#client;
    if (client === null && message?.type === 'auth') {
      return this.#attempt(() => this.#admit({ kind: 'token', via: 'message', token: message.token }));
    }
    if (client === null || message === null) {
      this.close('bad_message');
      return null;
    }
    if (message.type === 'ping') {
      client.pong();
      return null;
    }
    // a renewal was counted as one message already
    if (message.type === 'auth' && !this.#spend(this.#options.parts.limits.authCost - 1)) return null;
    return this.#attempt(() => client.handle(message, bytes));
  }

  async #admit(presented: Presented): Promise<void> {
    const { origin, parts, judged } = this.#options;
    const { services, registry, limits, traffic, admissions } = parts;
    this.#isAuthDue = false;
    const admission = await judged(() => admissions.run(() => services.admitConnection.execute({ presented, origin })));
    this.#admission = admission;
    if (this.#goneWith !== null) return this.#recordEnd(admission, this.#goneWith);
    const { userId, sessionId } = admission;
    services.logger.info('socket opened', { requestId: origin.requestId, ip: origin.ip, userId, sessionId });
    await services.deliverEvent.follow(userId);
    const hasRoom = registry.countOf(userId) < limits.socketsPerUser;
    if (!this.#line.isOpen || !hasRoom) {
      services.deliverEvent.unfollow(userId);
      return this.close('too_many_sockets');
    }
    this.#client = new AdmittedClient({ services, limits, registry, traffic, line: this.#line, admission });
    this.#admitted = this.#client;
    registry.add(this.#client);
  }

  async #attempt(work: () => Promise<void>, presented?: Presented): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { origin, parts } = this.#options;
      if (!(error instanceof AuthError)) parts.services.logger.error('a socket message failed', { error, requestId: origin.requestId });
      this.close(closeNameOf(error, presented));
    }
  }

  /** The peer broke the protocol, or the connection broke: the close code says which. */
  #failed(error: Error): void {
    this.#options.parts.services.logger.debug('socket failed', { error, requestId: this.#options.origin.requestId });
    this.#leave();
  }

  /** Takes no part any more, whenever the other side will have answered. */
  #leave(): void {
    const client = this.#client;
    if (client === null) return;
    this.#client = null;
    this.#options.parts.registry.remove(client);
    this.#options.parts.services.deliverEvent.unfollow(client.userId);
  }

  #gone(code: number): void {
    const closedAs = this.#line.closedAs;
    const closeCode = closedAs === null ? code : closeCause(closedAs).closeCode;
    this.#goneWith = closeCode;
    this.#leave();
    this.#options.parts.memory.forget(this);
    this.#options.parts.services.metrics.socketClosed(countedCode(closeCode));
    if (this.#admission !== null) this.#recordEnd(this.#admission, closeCode);
    this.#options.onGone(this);
  }

  #recordEnd(admission: Admission, closeCode: number): void {
    const { origin, parts } = this.#options;
    parts.disconnections.record({ admission, origin, closeCode, seconds: Math.round((performance.now() - this.#openedAt) / 1000) });
  }
}
