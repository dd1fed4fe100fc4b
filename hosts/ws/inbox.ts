export interface InboxOptions {
  /** Handles one message, at once (null) or in a while; never rejects. */
  readonly handle: (text: string) => Promise<void> | null;
  /** Called with true when so much waits that no more should be read, with false once it is done. */
  readonly pause: (isPaused: boolean) => void;
}

/** Waiting text above this, in bytes of memory, stops the reading. What was read already still comes in: 64 KiB at most. */
const roomy = 128 * 1024;

/** Two bytes a character at most, and what the smallest text costs. */
const memoryOf = (text: string): number => 2 * text.length + 64;

/** Messages of one client, handled one after the other in the order in which they came. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #waiting: string[] = [];
  #size = 0;
  #isBusy = false;
  #isPaused = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** What waits, in bytes of memory. */
  get heldBytes(): number {
    return this.#size;
  }

  put(text: string): void {
    if (!this.#isBusy) {
      const handled = this.#options.handle(text);
      if (handled !== null) void this.#emptyAfter(handled);
      return;
    }
    this.#waiting.push(text);
    this.#size += memoryOf(text);
    if (this.#size > roomy && !this.#isPaused) {
      this.#isPaused = true;
      this.#options.pause(true);
    }
  }

  /** Does something before any message that is put from now on. `work` never rejects. */
  async first(work: () => Promise<void>): Promise<void> {
    await this.#emptyAfter(work());
  }

  async #emptyAfter(work: Promise<void>): Promise<void> {
    this.#isBusy = true;
    await work;
    for (let text = this.#waiting.shift(); text !== undefined; text = this.#waiting.shift()) {
      await this.#options.handle(text);
      this.#size -= memoryOf(text);
    }
    this.#isBusy = false;
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#options.pause(false);
  }
}
