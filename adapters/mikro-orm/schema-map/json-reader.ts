import type { Constant } from './schema-map.js';

/** What a part that was already refused is read as. */
const nothing = '';

/** Reads one object of a JSON document. What is wrong goes to a list that all readers of the document share, by its path. */
export class JsonReader {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #problems: string[];

  constructor({ value, path, keys, problems }: { value: unknown; path: string; keys: readonly string[] | null; problems: string[] }) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#object = isObject ? (value as Record<string, unknown>) : {};
    this.#path = path;
    this.#problems = problems;
    if (!isObject) this.#refuse('', 'must be an object');
    for (const key of Object.keys(this.#object)) if (keys !== null && !keys.includes(key)) this.#refuse(key, 'is unknown');
  }

  /** Whether there is a value, null being none. */
  has(key: string): boolean {
    return this.#object[key] !== undefined && this.#object[key] !== null;
  }

  /** The reader of a part; `keys` are those it may have, null for any. Null where the part is null or missing. */
  part(key: string, keys: readonly string[] | null): JsonReader | null {
    return this.has(key) ? this.required(key, keys) : null;
  }

  required(key: string, keys: readonly string[] | null): JsonReader {
    return new JsonReader({ value: this.#object[key], path: this.#pathOf(key), keys, problems: this.#problems });
  }

  /** The readers of a list of parts; none where it is missing. */
  parts(key: string, keys: readonly string[]): readonly JsonReader[] {
    const value = this.#object[key] ?? [];
    if (!Array.isArray(value)) this.#refuse(key, 'must be a list');
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.map(
      (item, index) => new JsonReader({ value: item, path: `${this.#pathOf(key)}[${index}]`, keys, problems: this.#problems }),
    );
  }

  /** The name of a table or a column. */
  name(key: string): string {
    return this.optionalName(key) ?? this.#missing(key);
  }

  optionalName(key: string): string | null {
    if (!this.has(key)) return null;
    const value = this.#object[key];
    // A dot would be taken for the end of another name, a question mark for the place of a value.
    if (typeof value === 'string' && value.length <= 64 && /^[^.?\p{Cc}]+$/u.test(value)) return value;
    this.#refuse(key, 'must be a name of 1 to 64 characters without dots, question marks and control characters');
    return nothing;
  }

  text(key: string): string {
    const value = this.#object[key];
    if (typeof value === 'string') return value;
    this.#refuse(key, 'must be a text');
    return nothing;
  }

  oneOf<Choice extends string>(key: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const found = choices.find((choice) => choice === this.#object[key]);
    if (found === undefined) this.#refuse(key, `must be one of ${choices.join(', ')}`);
    return found ?? choices[0];
  }

  /** A text, a number, a boolean (as 0 or 1) or null. */
  constant(key: string): Constant | null {
    return this.#constant(this.#object[key] ?? null, key);
  }

  /** Constants; none where the list is missing. */
  constants(key: string): readonly (Constant | null)[] {
    const value = this.#object[key] ?? [];
    if (!Array.isArray(value)) this.#refuse(key, 'must be a list');
    return Array.isArray(value) ? value.map((item, index) => this.#constant(item, `${key}[${index}]`)) : [];
  }

  keys(): readonly string[] {
    return Object.keys(this.#object);
  }

  isObject(key: string): boolean {
    return typeof this.#object[key] === 'object' && this.#object[key] !== null;
  }

  refuse(key: string, problem: string): void {
    this.#refuse(key, problem);
  }

  #constant(value: unknown, key: string): Constant | null {
    if (value === null || typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'boolean') return value ? 1 : 0;
    this.#refuse(key, 'must be a text, a number, true, false or null');
    return null;
  }

  #missing(key: string): string {
    this.#refuse(key, 'is missing');
    return nothing;
  }

  #refuse(key: string, problem: string): void {
    this.#problems.push(`${key === '' ? this.#path || 'the document' : this.#pathOf(key)} ${problem}`);
  }

  #pathOf(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }
}
