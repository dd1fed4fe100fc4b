export interface LongMessagesOptions {
  /** Frees young buffers without a reference; takes some milliseconds. */
  readonly collect: () => void;
}

/** Shorter messages are on the heap, where V8 accounts for them, or are freed soon. */
const shortest = 4096;
/** Bytes that may wait to be collected. */
const maxBytes = 16 * 1024 * 1024;

/** Frees the memory of long messages. It is outside the heap, and V8 by itself lets up to 128 MiB of it wait. */
export class LongMessages {
  readonly #collect: () => void;
  #bytes = 0;

  constructor({ collect }: LongMessagesOptions) {
    this.#collect = collect;
  }

  /** Call it with the size of each message that arrives, and of each message that is sent and was not just received. */
  note(bytes: number, copies = 1): void {
    if (bytes < shortest) return;
    this.#bytes += bytes * copies;
    if (this.#bytes < maxBytes) return;
    this.#bytes = 0;
    this.#collect();
  }
}
