import type { Instant } from '../../../core/domain/instant.js';
import { heapBytes } from '../heap-bytes.js';
import { RecentlyUsed } from '../recently-used.js';
import type { SlidingWindow } from './sliding-window.js';

interface Kept {
  readonly window: SlidingWindow;
  readonly bytes: number;
}

/** Number of idle subjects that one call checks: more than one, so that subjects are removed faster than they are added. */
const sweep = 4;
/** Heap bytes of a subject without its name and its instants, rounded up. */
const overheadBytes = 512;

/** The windows of one rule by subject, limited in bytes. */
export class RateWindows {
  readonly #maxBytes: number;
  /** The subject whose last allowed request is oldest comes first. */
  readonly #windows = new RecentlyUsed<string, Kept>();
  #bytes = 0;

  constructor(options: { readonly maxBytes: number }) {
    this.#maxBytes = options.maxBytes;
  }

  get size(): number {
    return this.#windows.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(subject: string): SlidingWindow | undefined {
    return this.#windows.get(subject)?.window;
  }

  /** Stores the window of a subject with a request that was just allowed. */
  keep(subject: string, window: SlidingWindow, now: Instant): void {
    const bytes = overheadBytes + heapBytes(subject) + window.bytes;
    this.#bytes += bytes - (this.#windows.get(subject)?.bytes ?? 0);
    this.#windows.set(subject, { window, bytes }, now);
  }

  delete(subject: string): void {
    this.#bytes -= this.#windows.get(subject)?.bytes ?? 0;
    this.#windows.delete(subject);
  }

  /**
   * Removes subjects without an instant after `opensAt`. Where the rest needs too much memory, removes the subjects whose last allowed
   * request is oldest. An attacker who wants a subject at its limit to be removed needs more requests of other subjects than the attacker
   * gains.
   */
  forgetIdle(opensAt: Instant): void {
    for (let looks = 0; looks < sweep; looks += 1) {
      const { oldest } = this.#windows;
      if (oldest === null) return;
      oldest.value.window.slideTo(opensAt);
      if (oldest.value.window.total > 0 && this.#bytes <= this.#maxBytes) return;
      this.delete(oldest.key);
    }
  }
}
