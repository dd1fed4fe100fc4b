import { SeededRandom } from '../../../adapters/memory/seeded-random.js';

/** Random decisions that are the same for the same seed. */
export class Chance {
  readonly #random: SeededRandom;

  constructor(options: { readonly seed: number }) {
    this.#random = new SeededRandom(options);
  }

  /** True with the given probability, 0 to 1. */
  happens(probability: number): boolean {
    return this.#number() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.#number() * (max - min + 1));
  }

  /** One item of the list, which is not empty. */
  pick<Item>(list: readonly [Item, ...Item[]]): Item {
    return list[this.between(0, list.length - 1)] ?? list[0];
  }

  /** From 0 up to 1. */
  #number(): number {
    return this.#random.bytes(4).reduce((number, byte) => number * 256 + byte, 0) / 2 ** 32;
  }
}
