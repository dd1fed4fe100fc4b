import { Batcher } from '../../concurrency/batcher.js';

/** Keys in one statement. */
const maxKeys = 100;

/** Reads by key, with one statement for the keys of one event-loop turn. No result was read before its caller called `load`. */
export class BatchLoader<Key, Value> {
  readonly #batcher: Batcher<Key, Value | null>;

  /** `readMany` leaves out the keys that have no value. */
  constructor(readMany: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>) {
    this.#batcher = new Batcher<Key, Value | null>({
      run: async (keys) => {
        const found = await readMany([...new Set(keys)]);
        return (key) => found.get(key) ?? null;
      },
      maxItems: maxKeys,
    });
  }

  /** Null where the key has no value. @throws what `readMany` throws, to every key of the batch */
  load(key: Key): Promise<Value | null> {
    return this.#batcher.add(key);
  }
}
