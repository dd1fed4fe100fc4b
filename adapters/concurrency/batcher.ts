import { AsyncLocalStorage } from 'node:async_hooks';

export interface BatcherOptions<Item, Answer> {
  /** Does for all items what each is to have, and returns how to answer each, by its place in the batch. A rejection is that of every item. */
  readonly run: (items: readonly Item[]) => Promise<(item: Item, index: number) => Answer | Promise<Answer>>;
  readonly maxItems: number;
  /** Batches that run at once, at most; meanwhile the next ones gather. Without it, any number. */
  readonly maxConcurrent?: number;
  /** Given, two items with the same key are never in one batch. */
  readonly keyOf?: (item: Item) => string;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly answer: PromiseWithResolvers<Answer>;
}

/**
 * Makes batches of the items of one event-loop turn, and of what arrives while as many batches as may are under way. No timer is involved,
 * so a single item is not delayed, and no item is in a batch that began before it was added.
 */
export class Batcher<Item, Answer> {
  readonly #options: BatcherOptions<Item, Answer>;
  /** Batches belong to no caller: none of them has the async context of the one that happened to come first. */
  readonly #inOwnContext = AsyncLocalStorage.snapshot();
  #waiting: Waiting<Item, Answer>[] = [];
  #running = 0;

  constructor(options: BatcherOptions<Item, Answer>) {
    this.#options = options;
  }

  add(item: Item): Promise<Answer> {
    if (this.#waiting.length === 0) setImmediate(() => this.#inOwnContext(() => this.#next()));
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.push({ item, answer });
    return answer.promise;
  }

  #next(): void {
    const { maxConcurrent = Number.POSITIVE_INFINITY } = this.#options;
    while (this.#running < maxConcurrent && this.#waiting.length > 0) {
      const batch = this.#take();
      this.#running += 1;
      void this.#run(batch).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  #take(): readonly Waiting<Item, Answer>[] {
    const { maxItems, keyOf } = this.#options;
    if (keyOf === undefined) return this.#waiting.splice(0, maxItems);
    const batch = new Map<string, Waiting<Item, Answer>>();
    const others: Waiting<Item, Answer>[] = [];
    for (const one of this.#waiting) {
      const key = keyOf(one.item);
      if (batch.size < maxItems && !batch.has(key)) batch.set(key, one);
      else others.push(one);
    }
    this.#waiting = others;
    return [...batch.values()];
  }

  async #run(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answerOf = await this.#options.run(batch.map(({ item }) => item));
      for (const [index, { item, answer }] of batch.entries()) answer.resolve(answerOf(item, index));
    } catch (error) {
      for (const { answer } of batch) answer.reject(error);
    }
  }
}
