export interface LongMessagesOptions {
  /** Frees the buffers that nothing refers to any more, of those that are young; takes some milliseconds. */
  readonly collect: () => void;
}

/** Shorter ones are kept on the heap, where V8 sees them itself. */
const shortest = 4096;
/** How many bytes of long messages may wait to be collected. */
const maxBytes = 16 * 1024 * 1024;

/** Has the bytes of long messages freed. They lie outside the heap, and V8 by itself lets up to 128 MiB of them wait. */
export class LongMessages {
  readonly #collect: () => void;
  #bytes = 0;

  constructor({ collect }: LongMessagesOptions) {
    this.#collect = collect;
  }

  /** To be called with the size of each message, for each copy of it. */
  note(bytes: number): void {
    if (bytes < shortest) return;
    this.#bytes += bytes;
    if (this.#bytes < maxBytes) return;
    this.#bytes = 0;
    this.#collect();
  }
}
