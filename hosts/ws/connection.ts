import type { RawData } from 'ws';
import type { Origin } from '../../core/domain/origin.js';
import type { Presented } from '../../core/usecases/live/admit-connection.js';
import { type CloseName, closeCause, countedCode } from './close-causes.js';
import type { ConnectionParts } from './connection-parts.js';
import type { MemoryHolder } from './held-memory.js';
import { Inbox } from './inbox.js';
import { MessageHandler } from './message-handler.js';
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
  /** Called once, when the connection is closed. */
  readonly onGone: (connection: Connection) => void;
}

/** The frames as they were read, the message put together from them, and the message as it is sent on. */
const copiesOfMessage = 3;

/** One WebSocket from its upgrade to its end: its rate, its memory, its pulse. `MessageHandler` handles its messages. */
export class Connection implements MemoryHolder {
  readonly #options: ConnectionOptions;
  readonly #sender: SocketSender;
  readonly #inbox: Inbox;
  readonly #messages: TokenBucket;
  readonly #pulse: Pulse;
  readonly #handler: MessageHandler;
  readonly #openedAt = performance.now();

  constructor(options: ConnectionOptions) {
    const { socket, flush, origin, judged, parts } = options;
    const { limits, services } = parts;
    this.#options = options;
    this.#sender = new SocketSender({
      socket,
      metrics: services.metrics,
      maxQueuedBytes: limits.maxQueuedBytes,
      flush,
      onQueued: () => parts.memory.note(this),
      longMessages: parts.longMessages,
      onClosing: () => this.#handler.leave(),
    });
    const spend = (messages: number) => this.#spend(messages);
    this.#handler = new MessageHandler({ origin, judged, parts, sender: this.#sender, openedAt: this.#openedAt, spend });
    this.#inbox = new Inbox({
      handle: (data) => this.#handler.handle(data),
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
    socket.once('close', (code) => this.#closed(code));
  }

  /** Admits the client with what its upgrade presented, or waits for its first message. */
  start(presented: Presented | null): void {
    if (presented === null) this.#sender.flush();
    else void this.#inbox.first(() => this.#handler.admit(presented));
  }

  /** To be called at regular intervals. `now` is of a clock that never goes back. */
  tick(now: number): void {
    this.#sender.flush();
    // no event reports a message that does not end
    if (this.#options.socket.unfinishedBytes > 0) this.#options.parts.memory.note(this);
    if (!this.#sender.isOpen) return;
    const due = this.#pulse.due(now);
    if (due === 'cut') this.cut();
    if (due === 'ping') this.#sender.ping();
    if (this.#handler.isAuthDue && now >= this.#openedAt + this.#options.parts.limits.authTimeoutMs) this.close('auth_timeout');
    this.#handler.tick(now);
  }

  close(name: CloseName, retryMs?: number): void {
    this.#sender.close(name, retryMs);
  }

  cut(): void {
    this.#sender.cut();
  }

  get heldBytes(): number {
    const { unfinishedBytes } = this.#options.socket;
    return unfinishedBytes + this.#sender.queuedBytes + this.#inbox.heldBytes + this.#handler.heldBytes;
  }

  /** Without a close frame, which would wait behind the bytes that are to be freed. */
  cutForMemory(): void {
    this.#options.parts.services.metrics.slowConsumerCut();
    this.cut();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#sender.isOpen || !this.#spend()) return;
    const { memory, longMessages } = this.#options.parts;
    // a cast: the library passes a Buffer unless it is configured otherwise
    const message = data as Buffer;
    longMessages.note(message.length, copiesOfMessage);
    if (isBinary) this.close('binary_message');
    else this.#inbox.put(message);
    if (this.#inbox.heldBytes > 0) memory.note(this);
  }

  /** Control frames count as messages. */
  #spend(messages = 1): boolean {
    if (this.#messages.spend(messages, performance.now())) return true;
    this.close('too_many_messages');
    return false;
  }

  /** The peer violated the protocol, or the connection broke: the close code says which. */
  #failed(error: Error): void {
    const { parts, origin } = this.#options;
    parts.services.logger.debug('socket failed', { error, requestId: origin.requestId });
    this.#handler.leave();
  }

  #closed(code: number): void {
    const { parts, onGone } = this.#options;
    const { closedAs } = this.#sender;
    const closeCode = closedAs === null ? code : closeCause(closedAs).closeCode;
    this.#handler.closed(closeCode);
    parts.memory.forget(this);
    parts.services.metrics.socketClosed(countedCode(closeCode));
    onGone(this);
  }
}
