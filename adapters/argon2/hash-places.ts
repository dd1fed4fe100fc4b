/** Hashes that one place has in hand at most: the one that is computed, and those that its thread goes on with. */
const mostInHand = 2;

/**
 * Where hashes are computed, one at a time in each place. A usual one may be handed over ahead, to be computed once the place is through
 * with those before it, which are usual ones too: nobody is sent to stand behind one that takes a second.
 */
export class HashPlaces {
  /** Hashes in hand, by place. */
  readonly #inHand: number[];
  /** Places of hashes that are not usual. */
  readonly #closed = new Set<number>();

  constructor(places: number) {
    this.#inHand = Array.from({ length: places }, () => 0);
  }

  /** Hashes that are computed now. */
  get running(): number {
    return this.#inHand.filter((hashes) => hashes > 0).length;
  }

  /** Hashes that were handed over ahead. */
  get ahead(): number {
    return this.#inHand.reduce((sum, hashes) => sum + Math.max(0, hashes - 1), 0);
  }

  /** The place with the least in hand, or null while none can be taken. */
  take(isUsual: boolean, mayGoAhead: boolean): number | null {
    const least = Math.min(...this.#inHand.filter((_, place) => !this.#closed.has(place)));
    if (least >= (isUsual && mayGoAhead ? mostInHand : 1)) return null;
    const place = this.#inHand.findIndex((hashes, at) => hashes === least && !this.#closed.has(at));
    this.#inHand[place] = least + 1;
    if (!isUsual) this.#closed.add(place);
    return place;
  }

  leave(place: number): void {
    this.#inHand[place] = (this.#inHand[place] ?? 1) - 1;
    this.#closed.delete(place);
  }
}
