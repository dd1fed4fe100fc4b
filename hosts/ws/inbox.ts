export interface InboxOptions {
  /** Handles one message, at once (null) or asynchronously; never rejects. */
  readonly handle: (data: Buffer) => Promise<void> | null;
  /** Called with true when so many bytes wait that reading should stop, with false when reading may continue. */
  readonly pause: (isPaused: boolean) => void;
}

/** Above this number of waiting bytes, reading stops. Bytes that were already read still arrive: 64 KiB at most. */
const roomy = 128 * 1024;

/** Includes the overhead of the smallest buffer. */
const memoryOf = (data: Buffer): number => data.length + 256;

/**
 * Messages of one client as UTF-8, handled one after the other in the order of arrival. Not a `Semaphore`: most messages are handled
 * synchronously, without a promise, and the bound is in bytes and stops the reading instead of refusing a message.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #waiting: Buffer[] = [];
  #size = 0;
  #isBusy = false;
  #isPaused = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Bytes of the waiting messages. */
  get heldBytes(): number {
    return this.#size;
  }

  put(data: Buffer): void {
    if (!this.#isBusy) {
      const handled = this.#options.handle(data);
      if (handled !== null) void this.#emptyAfter(handled);
      return;
    }
    this.#waiting.push(data);
    this.#size += memoryOf(data);
    if (this.#size > roomy && !this.#isPaused) {
      this.#isPaused = true;
      this.#options.pause(true);
    }
  }

  /** Runs `work` before any message that is added from now on. `work` never rejects. */
  async first(work: () => Promise<void>): Promise<void> {
    await this.#emptyAfter(work());
  }

  async #emptyAfter(work: Promise<void>): Promise<void> {
    this.#isBusy = true;
    await work;
    for (let data = this.#waiting.shift(); data !== undefined; data = this.#waiting.shift()) {
      await this.#options.handle(data);
      this.#size -= memoryOf(data);
    }
    this.#isBusy = false;
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#options.pause(false);
  }
}
