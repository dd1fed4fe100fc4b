import { randomInt } from 'node:crypto';
import { WebSocket } from 'ws';
import type { LiveMetrics } from '../../core/ports/live/live-metrics.js';
import { type CloseName, closeCause, closeReason } from './close-causes.js';
import type { LongMessages } from './long-messages.js';
import type { EncodedMessage } from './server-message.js';

export interface SocketSenderOptions {
  readonly socket: WebSocket;
  readonly metrics: LiveMetrics;
  readonly maxQueuedBytes: number;
  readonly longMessages: LongMessages;
  /** Sends the data that the socket holds back from its handshake on. */
  readonly flush: () => void;
  /** Called when data waits to be sent. */
  readonly onQueued: () => void;
  /** Called once, when this side starts to close. */
  readonly onClosing: () => void;
}

/** Without it a buffer would be sent as a binary message. */
const asText = { binary: false } as const;

/** Sends messages to one client while its socket is open, and closes the connection of a client that reads too slowly. */
export class SocketSender {
  readonly #options: SocketSenderOptions;
  #closedAs: CloseName | null = null;
  #isHeldBack = true;

  constructor(options: SocketSenderOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#closedAs === null && this.#options.socket.readyState === WebSocket.OPEN;
  }

  /** Why this side closed it; null when this side did not. */
  get closedAs(): CloseName | null {
    return this.#closedAs;
  }

  /** Bytes that wait to be sent. */
  get queuedBytes(): number {
    return this.#options.socket.bufferedAmount;
  }

  send({ type, text }: EncodedMessage): void {
    const { socket, metrics, maxQueuedBytes, onQueued } = this.#options;
    if (!this.isOpen) return;
    socket.send(text, asText);
    this.flush();
    metrics.messageSent(type);
    const queued = socket.bufferedAmount;
    if (queued > maxQueuedBytes) {
      metrics.slowConsumerCut();
      this.close('slow_consumer');
    }
    if (queued > 0) onQueued();
  }

  /** Resolves when the client's side has received it, or is gone: a caller that sends much does not fill the queue. */
  async sendPaced({ type, text }: EncodedMessage): Promise<void> {
    const { socket, metrics, longMessages, onQueued } = this.#options;
    if (!this.isOpen) return;
    metrics.messageSent(type);
    longMessages.note(text.length);
    await new Promise<void>((resolve) => {
      socket.send(text, asText, () => resolve());
      if (socket.bufferedAmount > 0) onQueued();
    });
  }

  /** Call it when no message is sent at once; sending a message calls it. */
  flush(): void {
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.#options.flush();
  }

  ping(): void {
    if (this.isOpen) this.#options.socket.ping();
  }

  /** Starts the closing handshake. `retryMs` is a random value within the range of the cause, unless given. */
  close(name: CloseName, retryMs?: number): void {
    if (!this.isOpen) return;
    this.#closedAs = name;
    const { closeCode, retryMs: range } = closeCause(name);
    const wait = retryMs ?? (range === undefined ? undefined : randomInt(range[0], range[1] + 1));
    this.#options.socket.close(closeCode, closeReason(name, wait));
    this.flush();
    this.#options.onClosing();
  }

  /** Ends the connection without a closing handshake. */
  cut(): void {
    this.#options.socket.terminate();
  }
}
