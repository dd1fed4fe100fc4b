import type { Instant } from '../../../core/domain/instant.js';
import { heapBytes } from '../heap-bytes.js';
import { RecentlyUsed } from '../recently-used.js';
import type { SlidingWindow } from './sliding-window.js';

interface Kept {
  readonly window: SlidingWindow;
  readonly bytes: number;
}

/** How many idle subjects one call looks at: more than one, so that they leave faster than they come. */
const sweep = 4;
/** What a subject takes of the heap besides its name and its instants, rounded up. */
const overheadBytes = 512;

/** The windows of one rule by subject, bounded in bytes. */
export class RateWindows {
  readonly #maxBytes: number;
  /** The one let through longest ago comes first. */
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

  /** Keeps the window of a subject that was let through just now. */
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
   * Forgets subjects with nothing after `opensAt`, and where the rest is too much, those let through longest ago. To have a subject
   * forgotten that is at its limit takes more requests of other subjects than it gains.
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
