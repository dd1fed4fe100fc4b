import type { Instant } from '../../../core/domain/instant.js';

/** Heap bytes of two arrays of numbers. They grow by half of their size, from seventeen elements on. */
const [bytesOfArrays, bytesPerInstant] = [256, 24];

/** The instants of allowed requests of one subject, oldest first. Instants in the same millisecond are stored once, with a count. */
export class SlidingWindow {
  #instants: Instant[] = [];
  #counts: number[] = [];
  /** Index of the oldest instant. Earlier elements are no longer used, and are removed from time to time. */
  #head = 0;
  #total = 0;
  /** True when a request was refused after the last allowed one. */
  hasRefused = false;

  get total(): number {
    return this.#total;
  }

  /** Heap bytes of the instants, rounded up. */
  get bytes(): number {
    return this.#instants.length <= 1 ? 0 : bytesOfArrays + this.#instants.length * bytesPerInstant;
  }

  get oldest(): Instant | null {
    return this.#instants[this.#head] ?? null;
  }

  get newest(): Instant | null {
    return this.#total === 0 ? null : (this.#instants.at(-1) ?? null);
  }

  add(now: Instant): void {
    const last = this.#instants.length - 1;
    if (last >= this.#head && this.#instants[last] === now) {
      this.#counts[last] = (this.#counts[last] ?? 0) + 1;
    } else if (this.#instants.length === 0) {
      // a literal has room for one element, `push` would reserve room for seventeen
      this.#instants = [now];
      this.#counts = [1];
    } else {
      this.#instants.push(now);
      this.#counts.push(1);
    }
    this.#total += 1;
  }

  removeNewest(): void {
    const last = this.#instants.length - 1;
    if (last < this.#head) return;
    const left = (this.#counts[last] ?? 1) - 1;
    this.#counts[last] = left;
    this.#total -= 1;
    if (left > 0) return;
    this.#instants.pop();
    this.#counts.pop();
  }

  /** Removes instants that are not after `opensAt`. */
  slideTo(opensAt: Instant): void {
    while ((this.oldest ?? Number.POSITIVE_INFINITY) <= opensAt) {
      this.#total -= this.#counts[this.#head] ?? 0;
      this.#head += 1;
    }
    if (this.#head * 2 > this.#instants.length) this.#cutOff();
  }

  #cutOff(): void {
    this.#instants = this.#instants.slice(this.#head);
    this.#counts = this.#counts.slice(this.#head);
    this.#head = 0;
  }
}
