import { statementForms } from './statement-forms.js';

/** Every table that this software makes. All others belong to other software. */
export const ownTables = [
  'auth_sessions',
  'audit_logs',
  'auth_credentials',
  'auth_email_claims',
  'auth_definitions',
  'audit_seals',
  'auth_migrations',
] as const;

const forms = statementForms(ownTables);

/** Called before each statement of a migration is run. @throws Error when a statement is not known to touch own tables alone. */
export function assertOwnTables(sql: string): void {
  const reason = foreignTouch(sql);
  if (reason !== null) throw new Error(`refused, since a migration touches tables of our own alone: ${reason}`);
}

/**
 * Returns the reason for rejection, or null. Allow-list: a statement of no known form is rejected.
 *
 * Texts are set aside first, and names are taken out of backticks. MySQL and SQLite read a text alike as long as it has no backslash; of
 * one with a backslash, and of one that is not closed, the quote remains and is rejected. So is every comment, of which a server may
 * execute what a reader skips, and double quotes, which are a name to one and a text to the other: only a savepoint's may have them.
 */
export function foreignTouch(sql: string): string | null {
  const bare = sql.replace(/'(?:[^'\\]|'')*'/g, ' ? ').replace(/`([A-Za-z_]\w*)`|"(trx\d+)"/g, ' $1$2 ');
  const [strange] = /[^\w \t\r\n(),.=<>!*+?;-]/.exec(bare) ?? [];
  if (strange !== undefined) return `the sign ${strange}: a comment, an open quote or a variable`;
  const statement = oneSpaced(bare).replace(/ ?;$/, '');
  if (statement.includes(';')) return 'several statements in one';
  if (forms.some((form) => form.test(statement))) return null;
  const [, table] = /^(?:(?:create|alter|drop) table|insert into|update|delete from)(?: if(?: not)? exists)? (\w+)/i.exec(statement) ?? [];
  if (table !== undefined && !(ownTables as readonly string[]).includes(table)) return `the table ${table}`;
  return `a statement of no known form: ${statement}`;
}

/** One space between words and marks. Brackets and commas are marks by themselves; `<=` is one. */
const oneSpaced = (text: string): string =>
  text
    .replace(/[(),]|[=<>!]+/g, ' $& ')
    .replace(/\s+/g, ' ')
    .trim();
