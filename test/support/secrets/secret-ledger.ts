const tailLength = 16;

/** The secrets of tests, and a search for them. A long secret is found by its end, also where only the end is present. */
export class SecretLedger {
  readonly #words = new Set<string>();
  readonly #tails = new Set<string>();
  /** The three characters with which a tail may end: one look-up rules out most positions of a text. */
  readonly #endings = new Uint8Array(2 ** 18);

  /** Adds a value that may be a secret. Ignores values that are not texts, and texts that would be found by chance. */
  note(value: unknown): void {
    if (typeof value !== 'string' || !isTelling(value)) return;
    // unchanged, and in JSON's form
    for (const text of new Set([value, JSON.stringify(value).slice(1, -1)])) {
      if (text.length < tailLength) this.#words.add(text);
      else {
        const tail = text.slice(-tailLength);
        this.#tails.add(tail);
        this.#endings[endingAt(tail, tailLength)] = 1;
      }
    }
  }

  forget(value: string): void {
    this.#words.delete(value);
    this.#tails.delete(value.slice(-tailLength));
  }

  /** Returns the secrets in a text, each with the text before it. */
  in(text: string): readonly string[] {
    const places = [...this.#words].map((word) => text.indexOf(word)).filter((at) => at >= 0);
    for (let end = tailLength; end <= text.length; end += 1) {
      if (this.#endings[endingAt(text, end)] === 1 && this.#tails.has(text.slice(end - tailLength, end))) places.push(end - tailLength);
    }
    return places.map((at) => text.slice(Math.max(0, at - 100), at + tailLength));
  }
}

/** Short texts, numbers and plain words occur in any text; so does one letter many times. */
const isTelling = (text: string): boolean => text.length >= 8 && !/^(\d{1,12}|[a-z_]{1,12})$/.test(text) && new Set(text).size > 5;

const endingAt = (text: string, end: number): number =>
  ((text.charCodeAt(end - 3) & 63) << 12) | ((text.charCodeAt(end - 2) & 63) << 6) | (text.charCodeAt(end - 1) & 63);
