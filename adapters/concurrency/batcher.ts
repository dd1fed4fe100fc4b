import { AsyncLocalStorage } from 'node:async_hooks';

export interface BatcherOptions<Item, Result> {
  /**
   * Does the work of a batch and returns how to find the result of each item, by its place in the batch. What this function rejects with,
   * every item rejects with; what the returned one throws, one item rejects with. The batch ends when this function settles.
   */
  readonly run: (items: readonly Item[]) => Promise<(item: Item, index: number) => Result | Promise<Result>>;
  readonly maxItems: number;
  /** Batches that run at once, at most; meanwhile the next ones gather. Without it, any number. */
  readonly maxConcurrent?: number;
  /** Given, two items with the same key are never in one batch. */
  readonly keyOf?: (item: Item) => string;
  /** Whether an item that comes while no batch runs is a batch by itself, at once, instead of waiting for the others of its turn. */
  readonly isEager?: boolean;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

/** Batches belong to no caller: none of them runs in the async context of the caller that happened to come first. */
const inNoContext = AsyncLocalStorage.snapshot();

/**
 * Makes batches of the items of one event-loop turn, and of the items that come while as many batches as may are running. No timer is
 * involved, so a single item is not delayed, and no item is in a batch that began before it was added.
 */
export class Batcher<Item, Result> {
  readonly #options: BatcherOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #running = 0;

  constructor(options: BatcherOptions<Item, Result>) {
    this.#options = options;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#options.isEager && this.#running === 0) this.#start();
      else if (this.#waiting.length === 1 && this.#hasPlace) setImmediate(this.#start);
    });
  }

  /** Rejects the items that are in no batch yet: for an error that would be theirs too. */
  rejectWaiting(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  get #hasPlace(): boolean {
    return this.#running < (this.#options.maxConcurrent ?? Number.POSITIVE_INFINITY);
  }

  readonly #start = (): void => inNoContext(this.#next);

  readonly #next = (): void => {
    while (this.#hasPlace && this.#waiting.length > 0) void this.#run(this.#take());
  };

  #take(): readonly Waiting<Item, Result>[] {
    const { maxItems, keyOf } = this.#options;
    if (keyOf === undefined) return this.#waiting.splice(0, maxItems);
    const batch = new Map<string, Waiting<Item, Result>>();
    const others: Waiting<Item, Result>[] = [];
    for (const one of this.#waiting) {
      const key = keyOf(one.item);
      if (batch.size < maxItems && !batch.has(key)) batch.set(key, one);
      else others.push(one);
    }
    this.#waiting = others;
    return [...batch.values()];
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#running += 1;
    try {
      const resultOf = await this.#options.run(batch.map(({ item }) => item));
      batch.forEach(({ item, resolve, reject }, index) => {
        try {
          resolve(resultOf(item, index));
        } catch (error) {
          reject(error);
        }
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }
}
