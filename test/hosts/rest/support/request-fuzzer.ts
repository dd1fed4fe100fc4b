import type { SchemaObject } from '../../../../hosts/rest/openapi/openapi-document.js';

/** A body, and what was done to it. */
export type FuzzedBody = Readonly<Record<string, unknown>>;

interface BodySchema {
  readonly properties: Readonly<Record<string, SchemaObject>>;
}

interface TextSchema {
  readonly example?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Of different lengths in UTF-16 and UTF-8, significant somewhere, invisible, or white space. Lone surrogates are no text of JSON. */
const letters = [...'aZ7@.+-_/%~"\'(),:;<>[]\\ \t\n\r\0\x7f\x85', 'é', 'ß', 'İ', '中', '😀', '\u00a0', '\u00ad', '\u037e', '\u061c'];
const odd = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u2060',
  '\u2800',
  '\u3164',
  '\ufeff',
  '\ufe0f',
];
/** Composes with the letter before it: a text may have fewer characters in canonical form. */
const combining = '\u0301';
const repeated = ['a', 'é', '😀', '7', ' '];
/** The form of a domain in ASCII is longer than what is typed. */
const repeatedInAddress = ['a', '7', ' '];
const notTexts = [7, 0, true, [], {}, ['a'], { a: 1 }, -1.5];

/** Bodies near the border of what a schema allows, made of its examples and bounds. `random` returns numbers from 0 up to 1. */
export class RequestFuzzer {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  body({ properties }: BodySchema): FuzzedBody {
    const body: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      if (this.#chance(0.9)) body[name] = this.#chance(0.6) ? (schema as TextSchema).example : this.#value(schema);
    }
    if (this.#chance(0.05)) body[this.pick(['is_admin', 'Email', '__proto__x', ''])] = this.pick(['x', null, 1]);
    return body;
  }

  pick<Item>(items: readonly Item[]): Item {
    // a cast: the index is within the list
    return items[Math.floor(this.#random() * items.length)] as Item;
  }

  #value(schema: TextSchema): unknown {
    if (this.#chance(0.06)) return null;
    if (this.#chance(0.06)) return this.pick(notTexts);
    return this.text(schema);
  }

  text({ example = '', format, minLength, maxLength }: TextSchema): string {
    let text = this.#chance(0.06) ? '' : example;
    const units = [...letters, ...odd, ...(format === 'password' ? [] : [combining])];
    for (let count = Math.floor(this.#random() * 4); count > 0; count -= 1) {
      const letter = [...text];
      const at = this.pick([0, letter.length, Math.floor(this.#random() * letter.length)]);
      letter.splice(at, this.pick([0, 0, 1]), this.pick(units));
      text = letter.join('');
    }
    const bound = this.pick([minLength, maxLength, undefined, undefined]);
    return bound === undefined ? text : this.#ofLength(text, Math.max(0, bound + this.pick([-1, 0, 1])));
  }

  /** With so many code points: cut at the end, or filled in front of it. */
  #ofLength(text: string, length: number): string {
    const letter = [...text];
    const missing = length - letter.length;
    if (missing <= 0) return letter.slice(0, length).join('');
    letter.splice(
      Math.floor(this.#random() * (letter.length + 1)),
      0,
      this.pick(text.includes('@') ? repeatedInAddress : repeated).repeat(missing),
    );
    return letter.join('');
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
