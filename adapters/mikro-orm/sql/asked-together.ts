/** Does for all of these in one statement what each is asked for; what comes of it answers each of them. */
type AskAll<Item, Answer> = (items: readonly Item[]) => Promise<(item: Item) => Answer | Promise<Answer>>;

/** Items in one statement. */
const most = 100;

/**
 * Makes one statement of those of one turn of the event loop: with many requests at once, a round trip costs more than what it brings.
 * Nobody is given what was read before he asked.
 */
export class AskedTogether<Item, Answer> {
  readonly #askAll: AskAll<Item, Answer>;
  readonly #atOnce: number;
  #asked = new Map<Item, PromiseWithResolvers<Answer>>();
  #underWay = 0;

  /** On a connection that all who ask have to share anyway, one statement `atOnce` makes the next one larger. */
  constructor(askAll: AskAll<Item, Answer>, { atOnce = Number.POSITIVE_INFINITY }: { readonly atOnce?: number } = {}) {
    this.#askAll = askAll;
    this.#atOnce = atOnce;
  }

  /** The same item asked for twice in a turn is asked for once. */
  ask(item: Item): Promise<Answer> {
    const before = this.#asked.get(item);
    if (before !== undefined) return before.promise;
    if (this.#asked.size === 0) setImmediate(() => this.#send());
    const answer = Promise.withResolvers<Answer>();
    this.#asked.set(item, answer);
    if (this.#asked.size === most) this.#send();
    return answer.promise;
  }

  #send(): void {
    const asked = this.#asked;
    if (asked.size === 0 || this.#underWay >= this.#atOnce) return;
    this.#asked = new Map();
    this.#underWay += 1;
    this.#askAll([...asked.keys()])
      .then(
        (answerTo) => {
          for (const [item, answer] of asked) answer.resolve(answerTo(item));
        },
        (error: unknown) => {
          for (const answer of asked.values()) answer.reject(error);
        },
      )
      .finally(() => {
        this.#underWay -= 1;
        this.#send();
      });
  }
}
