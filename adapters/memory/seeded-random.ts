import type { Random } from '../../core/ports/random.js';

/** Returns the same bytes for the same seed, for tests that must be repeatable. NOT secure: never use it outside a test. */
export class SeededRandom implements Random {
  #state: number;

  constructor(options: { readonly seed: number } = { seed: 1 }) {
    this.#state = options.seed >>> 0;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#next());
  }

  /** One byte of mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 8) & 0xff;
  }
}
