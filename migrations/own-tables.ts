import { type SqlToken, sqlTokens } from './sql-tokens.js';

/** Every table that this software makes. All others belong to somebody else. */
export const ownTables = [
  'auth_sessions',
  'audit_logs',
  'auth_credentials',
  'auth_email_claims',
  'auth_definitions',
  'audit_seals',
  'auth_migrations',
] as const;

/** @throws Error when a statement may touch more than tables of ours: asked before each statement of a migration is run. */
export function assertOwnTables(sql: string): void {
  const reason = foreignTouch(sql);
  if (reason !== null) throw new Error(`refused, since a migration touches tables of our own alone: ${reason}`);
}

/** What is wrong with a statement, null for nothing. What is not known to be harmless is refused. */
export function foreignTouch(sql: string): string | null {
  const all = sqlTokens(sql);
  if (all === null) return 'a comment or an open quote';
  const end = all.findIndex((token) => isMark(token, ';'));
  const tokens = end === -1 ? all : all.slice(0, end);
  if (end !== -1 && end < all.length - 1) return 'several statements in one';
  const [first, ...rest] = tokens;
  if (first?.kind !== 'word') return 'no statement';
  const rule = rules[first.value];
  return rule === undefined ? `the statement ${first.value}` : rule(new Reader(rest));
}

type Rule = (reader: Reader) => string | null;

/** Reads a statement from left to right. */
class Reader {
  readonly #tokens: readonly SqlToken[];
  #at = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  /** Steps over a word if it is one of these. */
  skip(...words: readonly string[]): boolean {
    const token = this.#tokens[this.#at];
    const isOne = token?.kind === 'word' && words.includes(token.value);
    if (isOne) this.#at += 1;
    return isOne;
  }

  /** Steps over the words if they all follow. */
  skipAll(...words: readonly string[]): boolean {
    const isNext = words.every((word, index) => this.#tokens[this.#at + index]?.value === word);
    if (isNext) this.#at += words.length;
    return isNext;
  }

  /** Steps over the name of a table; what is wrong with it. */
  table(): string | null {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'name')) return 'no table is named where one is due';
    const after = this.#tokens[this.#at];
    if (after !== undefined && isMark(after, '.')) return `${token.value} in another database`;
    return (ownTables as readonly string[]).includes(token.value) ? null : `the table ${token.value}`;
  }

  /** The next token's text, empty at the end. */
  peek(): string {
    return this.#tokens[this.#at]?.value ?? '';
  }

  /** Steps to behind the next of these words; false when none follows. */
  seek(word: string): boolean {
    const index = this.#tokens.findIndex((token, position) => position >= this.#at && token.kind === 'word' && token.value === word);
    if (index !== -1) this.#at = index + 1;
    return index !== -1;
  }

  /** The first of these words in what is left. */
  firstOf(...words: readonly string[]): string | null {
    return this.#tokens.slice(this.#at).find((token) => token.kind === 'word' && words.includes(token.value))?.value ?? null;
  }
}

const isMark = (token: SqlToken, mark: string): boolean => token.kind === 'mark' && token.value === mark;

const harmless: Rule = () => null;
const refusedWord = (reader: Reader, ...words: readonly string[]): string | null => {
  const word = reader.firstOf(...words);
  return word === null ? null : `the word ${word}`;
};

function tableDefinition(reader: Reader): string | null {
  const wrong = refusedWord(reader, 'select', 'like', 'exchange', 'discard', 'import', 'tablespace', 'directory', 'trigger');
  if (wrong !== null) return wrong;
  while (reader.seek('references')) {
    const target = reader.table();
    if (target !== null) return `a reference to ${target}`;
  }
  return null;
}

const create: Rule = (reader) => {
  if (reader.skip('table')) {
    reader.skipAll('if', 'not', 'exists');
    return reader.table() ?? tableDefinition(reader);
  }
  reader.skip('unique');
  if (!reader.skip('index')) return `create ${reader.peek()}`;
  return reader.seek('on') ? reader.table() : 'an index on nothing';
};

const alter: Rule = (reader) => {
  if (!reader.skip('table')) return `alter ${reader.peek()}`;
  return reader.table() ?? refusedWord(reader, 'rename') ?? tableDefinition(reader);
};

const drop: Rule = (reader) => {
  if (reader.skip('index')) return reader.seek('on') ? reader.table() : 'an index of an unnamed table';
  if (!reader.skip('table')) return `drop ${reader.peek()}`;
  reader.skipAll('if', 'exists');
  for (;;) {
    const wrong = reader.table();
    if (wrong !== null) return wrong;
    if (!reader.skipAll(',')) return null;
  }
};

const insert: Rule = (reader) => {
  while (reader.skip('ignore', 'low_priority', 'high_priority', 'or', 'replace', 'abort', 'fail', 'rollback'));
  return reader.skip('into') ? reader.table() : 'no INTO';
};

const update: Rule = (reader) => {
  const wrong = reader.table();
  return wrong ?? (reader.skip('set') ? null : 'an update of more than one table');
};

const remove: Rule = (reader) => {
  if (!reader.skip('from')) return 'a deletion from more than one table';
  return reader.table() ?? (['', 'where', 'order', 'limit'].includes(reader.peek()) ? null : 'a deletion from more than one table');
};

const rules: Readonly<Record<string, Rule>> = {
  create,
  alter,
  drop,
  insert,
  replace: insert,
  update,
  delete: remove,
  select: (reader) => refusedWord(reader, 'into'),
  set: (reader) => refusedWord(reader, 'global', 'persist', 'persist_only', 'password', 'role'),
  pragma: (reader) => (['foreign_keys', 'table_info', 'table_list'].includes(reader.peek()) ? null : `pragma ${reader.peek()}`),
  begin: harmless,
  commit: harmless,
  rollback: harmless,
  savepoint: harmless,
  release: harmless,
};
