/** Rows by key. A draft reads its own changes and otherwise its base, and changes the base only at its commit. */
export class MemoryTable<Key, Row extends object> {
  readonly #base: MemoryTable<Key, Row> | null;
  /** Null marks a row that was deleted from the base. */
  readonly #rows = new Map<Key, Row | null>();

  constructor(options: { readonly base: MemoryTable<Key, Row> | null } = { base: null }) {
    this.#base = options.base;
  }

  get(key: Key): Row | null {
    const row = this.#rows.get(key);
    return row === undefined ? (this.#base?.get(key) ?? null) : row;
  }

  set(key: Key, row: Row): void {
    this.#rows.set(key, Object.freeze(row));
  }

  delete(key: Key): void {
    if (this.#base === null) this.#rows.delete(key);
    else this.#rows.set(key, null);
  }

  *entries(): Generator<readonly [Key, Row]> {
    for (const entry of this.#base?.entries() ?? []) if (!this.#rows.has(entry[0])) yield entry;
    for (const [key, row] of this.#rows) if (row !== null) yield [key, row];
  }

  draft(): MemoryTable<Key, Row> {
    return new MemoryTable({ base: this });
  }

  /** Writes the changes of this draft into its base. */
  commit(): void {
    for (const [key, row] of this.#rows) {
      if (row === null) this.#base?.delete(key);
      else this.#base?.set(key, row);
    }
  }
}
