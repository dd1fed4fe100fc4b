import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A text that must not be shown: any output of it (a template, `JSON.stringify`, `console.log`, a logger) is `[secret]`. Only `reveal`
 * returns the text, so that each use can be found by that name.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    Object.freeze(this);
  }

  /** Returns the text. Pass it to the one function that needs it; never store it, log it or put it into a message. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
