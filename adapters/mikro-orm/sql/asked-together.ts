/** Reads the rows of each of these keys. */
type Read<Key, Row> = (keys: readonly Key[]) => Promise<ReadonlyMap<Key, readonly Row[]>>;

/** Keys in one question. */
const most = 100;

/**
 * Makes one question of those of one turn of the event loop: with many requests at once, a round trip costs more than what it brings.
 * Nobody is given what was read before he asked.
 */
export class AskedTogether<Key, Row> {
  readonly #read: Read<Key, Row>;
  readonly #atOnce: number;
  #asked = new Map<Key, PromiseWithResolvers<readonly Row[]>>();
  #reading = 0;

  /** On a connection that all who ask have to share anyway, one question `atOnce` makes the next one larger. */
  constructor(read: Read<Key, Row>, { atOnce = Number.POSITIVE_INFINITY }: { readonly atOnce?: number } = {}) {
    this.#read = read;
    this.#atOnce = atOnce;
  }

  ask(key: Key): Promise<readonly Row[]> {
    const before = this.#asked.get(key);
    if (before !== undefined) return before.promise;
    if (this.#asked.size === 0) setImmediate(() => this.#send());
    const answer = Promise.withResolvers<readonly Row[]>();
    this.#asked.set(key, answer);
    if (this.#asked.size === most) this.#send();
    return answer.promise;
  }

  #send(): void {
    const asked = this.#asked;
    if (asked.size === 0 || this.#reading >= this.#atOnce) return;
    this.#asked = new Map();
    this.#reading += 1;
    this.#read([...asked.keys()])
      .then(
        (rows) => {
          for (const [key, answer] of asked) answer.resolve(rows.get(key) ?? []);
        },
        (error: unknown) => {
          for (const answer of asked.values()) answer.reject(error);
        },
      )
      .finally(() => {
        this.#reading -= 1;
        this.#send();
      });
  }
}
