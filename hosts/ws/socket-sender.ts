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
  /** Lets go what the socket holds back from its handshake on. */
  readonly flush: () => void;
  /** Called when something waits to be sent. */
  readonly onQueued: () => void;
  /** Called once, when this side starts to close. */
  readonly onClosing: () => void;
}

/** Else a buffer would go out as a binary message. */
const asText = { binary: false } as const;

/** The way to one client: sends while it is open, and gives up on who reads too slowly. */
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

  /** Why this side closed it; null when it did not. */
  get closedAs(): CloseName | null {
    return this.#closedAs;
  }

  /** What waits to be sent, in bytes. */
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

  /** Resolves when the client's side has taken it, or is gone: whoever sends much does not fill the queue. */
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

  /** To be called when nothing is to be said at once; what is said calls it. */
  flush(): void {
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.#options.flush();
  }

  ping(): void {
    if (this.isOpen) this.#options.socket.ping();
  }

  /** Starts the closing handshake; `retryMs` is chosen by chance within what the cause allows, unless given. */
  close(name: CloseName, retryMs?: number): void {
    if (!this.isOpen) return;
    this.#closedAs = name;
    const { closeCode, retryMs: range } = closeCause(name);
    const wait = retryMs ?? (range === undefined ? undefined : randomInt(range[0], range[1] + 1));
    this.#options.socket.close(closeCode, closeReason(name, wait));
    this.flush();
    this.#options.onClosing();
  }

  /** Ends it without a word. */
  cut(): void {
    this.#options.socket.terminate();
  }
}
