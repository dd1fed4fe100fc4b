/** Results that are released at once, at most. */
const maxResults = 16;
/** Longest time that a result is held: a hash of an older format may take a second. */
const maxHeldMs = 100;

/**
 * Holds finished results while hashes are queued, and releases them in batches: as soon as as many are held as hashes wait, 16 at most,
 * after 100 ms at the latest. With an empty queue a result is released immediately.
 *
 * Hashes finish one at a time, so the logins behind them could never share event-loop turns, round trips or commits. Released in
 * batches they do: each is later than it could be, all together are sooner (docs/decisions/0008-reads-and-commits-together.md).
 */
export class HeldResults {
  readonly #held: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Resolves when the result is released; `waiting` hashes are queued. */
  hold(waiting: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.push(resolve);
    if (this.#held.length >= Math.min(waiting, maxResults)) this.#release();
    else this.#timer ??= setTimeout(() => this.#release(), maxHeldMs);
    return promise;
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const resolve of this.#held.splice(0)) resolve();
  }
}
