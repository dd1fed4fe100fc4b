/**
 * Max hashes of one place: the one that its thread computes, and one that was handed over ahead. The thread continues with that one without
 * a wait for the event loop, which is busy with requests while hashes are queued. So a core that computes hashes is never idle then.
 */
const maxHashes = 2;

/**
 * Where hashes are computed, one at a time in each place. Only a usual hash is handed over ahead, and only behind usual ones: none ever
 * waits behind a slow hash of an older format while another place is free.
 */
export class HashPlaces {
  /** Hashes of each place. */
  readonly #hashes: number[];
  /** Places of hashes that are not usual. */
  readonly #closed = new Set<number>();

  constructor(places: number) {
    this.#hashes = Array.from({ length: places }, () => 0);
  }

  /** Hashes that are computed now. */
  get running(): number {
    return this.#hashes.filter((hashes) => hashes > 0).length;
  }

  /** Hashes that were handed over ahead. */
  get ahead(): number {
    return this.#hashes.reduce((sum, hashes) => sum + Math.max(0, hashes - 1), 0);
  }

  /** The place that has the smallest number of hashes, or null while no place can be taken. */
  take(isUsual: boolean, mayGoAhead: boolean): number | null {
    const fewest = Math.min(...this.#hashes.filter((_, place) => !this.#closed.has(place)));
    if (fewest >= (isUsual && mayGoAhead ? maxHashes : 1)) return null;
    const place = this.#hashes.findIndex((hashes, at) => hashes === fewest && !this.#closed.has(at));
    this.#hashes[place] = fewest + 1;
    if (!isUsual) this.#closed.add(place);
    return place;
  }

  leave(place: number): void {
    this.#hashes[place] = (this.#hashes[place] ?? 1) - 1;
    this.#closed.delete(place);
  }
}
