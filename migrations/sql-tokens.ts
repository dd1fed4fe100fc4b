/** A piece of SQL: a word in lower case, the name in quotes, or a mark. The contents of texts are dropped. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'mark';
  readonly value: string;
}

const pieces = /\s+|'(?:[^'\\]|''|\\.)*'|`((?:[^`]|``)+)`|"((?:[^"]|"")+)"|([A-Za-z_][\w$]*)|(\d[\w.]*)|(--|#|\/\*|\*\/)|(.)/gsu;

/** Null for SQL with a comment in it, of which a server may execute what a reader skips, or with an unclosed quote. */
export function sqlTokens(sql: string): readonly SqlToken[] | null {
  const tokens: SqlToken[] = [];
  for (const [piece, backticked, quoted, word, number, comment, mark] of sql.matchAll(pieces)) {
    const name = backticked ?? quoted;
    if (comment !== undefined || mark === "'" || mark === '"' || mark === '`') return null;
    if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word.toLowerCase() });
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark });
    else if (number !== undefined || piece.startsWith("'")) tokens.push({ kind: 'text', value: '' });
  }
  return tokens;
}
