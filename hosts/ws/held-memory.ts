/** A connection, with the memory that it holds for its client. */
export interface MemoryHolder {
  /** Bytes that wait to be sent, completed, handled or replayed. */
  readonly heldBytes: number;
  /** Frees the memory by closing the connection. */
  cutForMemory(): void;
}

/** The part of the limit that remains in use after a relief, so that the next byte does not exceed the limit again. */
const shareAfterRelief = 0.75;

/**
 * Limits the memory of all connections of a process together. Each connection has its own limit, but hundreds of clients that do not read
 * could each stay within it. Beyond the total limit, the connections that hold most are closed.
 */
export class HeldMemory {
  readonly #maxBytes: number;
  /** The connections that hold anything, with their bytes at the last count. */
  readonly #holders = new Map<MemoryHolder, number>();
  #bytes = 0;

  constructor(options: { readonly maxBytes: number }) {
    this.#maxBytes = options.maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Call it when a connection holds more than before. */
  note(holder: MemoryHolder): void {
    this.#count(holder);
    if (this.#bytes > this.#maxBytes) this.#relieve();
  }

  /** Call it at regular intervals: bytes that were sent since are no longer held. */
  recount(): void {
    for (const holder of this.#holders.keys()) this.#count(holder);
  }

  forget(holder: MemoryHolder): void {
    this.#bytes -= this.#holders.get(holder) ?? 0;
    this.#holders.delete(holder);
  }

  #count(holder: MemoryHolder): void {
    const { heldBytes } = holder;
    this.#bytes += heldBytes - (this.#holders.get(holder) ?? 0);
    if (heldBytes === 0) this.#holders.delete(holder);
    else this.#holders.set(holder, heldBytes);
  }

  #relieve(): void {
    this.recount();
    if (this.#bytes <= this.#maxBytes) return;
    const largestFirst = [...this.#holders].sort(([, a], [, b]) => b - a);
    for (const [holder] of largestFirst) {
      if (this.#bytes <= this.#maxBytes * shareAfterRelief) return;
      this.forget(holder);
      holder.cutForMemory();
    }
  }
}
