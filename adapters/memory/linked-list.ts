/** The position of a value in a list. */
export interface Link<Value> {
  readonly value: Value;
}

interface Neighbours<Value> extends Link<Value> {
  previous: Neighbours<Value> | null;
  next: Neighbours<Value> | null;
}

/**
 * A queue that also removes values from its middle, each operation in constant time. A `Map` would work, but finding its first key iterates
 * over every key that was deleted before it.
 */
export class LinkedList<Value> {
  #first: Neighbours<Value> | null = null;
  #last: Neighbours<Value> | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): Value | null {
    return this.#first === null ? null : this.#first.value;
  }

  append(value: Value): Link<Value> {
    const link: Neighbours<Value> = { value, previous: this.#last, next: null };
    if (this.#last === null) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
    this.#size += 1;
    return link;
  }

  /** Removes the link that `append` of this list returned. Call it once for each link. */
  remove(link: Link<Value>): void {
    // a cast: `append` creates no other links
    const { previous, next } = link as Neighbours<Value>;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    this.#size -= 1;
  }
}
