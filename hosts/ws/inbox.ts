export interface InboxOptions {
  /** Handles one message, at once (null) or in a while; never rejects. */
  readonly handle: (text: string) => Promise<void> | null;
  /** Called with true when so much waits that no more should be read, with false once it is done. */
  readonly pause: (isPaused: boolean) => void;
}

/** Waiting text above this, in UTF-16 units, stops the reading. */
const roomy = 128 * 1024;

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

  put(text: string): void {
    if (!this.#isBusy) {
      const handled = this.#options.handle(text);
      if (handled !== null) void this.#emptyAfter(handled);
      return;
    }
    this.#waiting.push(text);
    this.#size += text.length;
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
      this.#size -= text.length;
    }
    this.#isBusy = false;
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#options.pause(false);
  }
}
