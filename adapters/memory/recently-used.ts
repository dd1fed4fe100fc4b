import type { Instant } from '../../core/domain/instant.js';
import { type Link, LinkedList } from './linked-list.js';

export interface Used<Key, Value> {
  readonly key: Key;
  readonly value: Value;
  readonly usedAt: Instant;
}

/** Values by key, in the order of their last use, each operation in constant time. */
export class RecentlyUsed<Key, Value> {
  readonly #links = new Map<Key, Link<Used<Key, Value>>>();
  readonly #byUse = new LinkedList<Used<Key, Value>>();

  get size(): number {
    return this.#links.size;
  }

  /** The least recently used value. */
  get oldest(): Used<Key, Value> | null {
    return this.#byUse.first;
  }

  get(key: Key): Value | undefined {
    return this.#links.get(key)?.value.value;
  }

  keys(): Iterable<Key> {
    return this.#links.keys();
  }

  /** Adds or replaces the value, as the most recently used one. */
  set(key: Key, value: Value, usedAt: Instant): void {
    const known = this.#links.get(key);
    if (known !== undefined) this.#byUse.remove(known);
    this.#links.set(key, this.#byUse.append({ key, value, usedAt }));
  }

  delete(key: Key): void {
    const known = this.#links.get(key);
    if (known === undefined) return;
    this.#byUse.remove(known);
    this.#links.delete(key);
  }
}
