/** A connection, as what it holds in memory for its client. */
export interface MemoryHolder {
  /** What waits to be sent, to be completed, to be handled or to be replayed, in bytes. */
  readonly heldBytes: number;
  /** Frees it. */
  cutForMemory(): void;
}

/** Of the bound, what is left once it was exceeded: so that the next byte does not exceed it again. */
const shareAfterRelief = 0.75;

/**
 * Bounds what all connections of a process hold together. Each has a bound of its own, but clients that do not read, by the hundred,
 * would each be within it. Beyond the bound the connections that hold most are cut.
 */
export class HeldMemory {
  readonly #maxBytes: number;
  /** Those that hold anything, and how much they held when it was last counted. */
  readonly #holders = new Map<MemoryHolder, number>();
  #bytes = 0;

  constructor(options: { readonly maxBytes: number }) {
    this.#maxBytes = options.maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** To be called when a connection holds more than before. */
  note(holder: MemoryHolder): void {
    this.#count(holder);
    if (this.#bytes > this.#maxBytes) this.#relieve();
  }

  /** To be called now and then: what was sent since is not held any more. */
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
