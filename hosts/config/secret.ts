import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A text that must not be seen: whatever prints it (a template, `JSON.stringify`, `console.log`, a logger)
 * gets `[secret]`. `reveal` is the only way out, so that each use can be found by its name.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    Object.freeze(this);
  }

  /** The text itself. Hand it to the one function that needs it; never keep it, log it or put it in a message. */
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
