export interface LongMessagesOptions {
  /** Frees the buffers that nothing refers to any more, of those that are young; takes some milliseconds. */
  readonly collect: () => void;
}

/** Shorter ones lie on the heap, where V8 sees them itself, or are soon gone. */
const shortest = 4096;
/** How many bytes may wait to be collected. */
const maxBytes = 16 * 1024 * 1024;

/** Has the bytes of long messages freed. They lie outside the heap, and V8 by itself lets up to 128 MiB of them wait. */
export class LongMessages {
  readonly #collect: () => void;
  #bytes = 0;

  constructor({ collect }: LongMessagesOptions) {
    this.#collect = collect;
  }

  /** To be called with the size of each message that comes, and of each that is sent and was not just received. */
  note(bytes: number, copies = 1): void {
    if (bytes < shortest) return;
    this.#bytes += bytes * copies;
    if (this.#bytes < maxBytes) return;
    this.#bytes = 0;
    this.#collect();
  }
}
