const tailLength = 16;

/** What tests keep secret, and the search for it. A long secret is found by its end, also where only that was left of it. */
export class SecretLedger {
  readonly #words = new Set<string>();
  readonly #tails = new Set<string>();
  /** Which three characters a tail may end with: most places of a text are ruled out by one look. */
  readonly #endings = new Uint8Array(2 ** 18);

  /** Takes whatever may be a secret. What is no text, or would be found by chance, is left out. */
  note(value: unknown): void {
    if (typeof value !== 'string' || !isTelling(value)) return;
    // as it is, and as JSON has it
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

  /** The secrets in a text, each with what stands before it. */
  in(text: string): readonly string[] {
    const places = [...this.#words].map((word) => text.indexOf(word)).filter((at) => at >= 0);
    for (let end = tailLength; end <= text.length; end += 1) {
      if (this.#endings[endingAt(text, end)] === 1 && this.#tails.has(text.slice(end - tailLength, end))) places.push(end - tailLength);
    }
    return places.map((at) => text.slice(Math.max(0, at - 100), at + tailLength));
  }
}

/** Short texts, numbers and words of the language are in any text; so is one letter many times. */
const isTelling = (text: string): boolean => text.length >= 8 && !/^(\d{1,12}|[a-z_]{1,12})$/.test(text) && new Set(text).size > 5;

const endingAt = (text: string, end: number): number =>
  ((text.charCodeAt(end - 3) & 63) << 12) | ((text.charCodeAt(end - 2) & 63) << 6) | (text.charCodeAt(end - 1) & 63);
