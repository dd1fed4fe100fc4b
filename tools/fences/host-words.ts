import type { Syntax } from './syntax.js';

/** Two-word commands of the command line, by their first word. */
const commands: Readonly<Record<string, string>> = {
  db: 'check|migrate|status',
  users: 'list|show|disable|enable',
  sessions: 'list',
  tokens: 'revoke',
  events: 'publish',
  audit: 'list|export|verify|prune',
  config: 'show',
  secret: 'generate',
  hash: 'calibrate',
};

const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['a variable of the environment', /\b[A-Z][A-Z\d]*_[A-Z\d_]*[A-Z\d]\b/],
  ['a document', /\bdocs\/|\b[\w-]+\.(?:md|sql)\b/],
  ['an option of the command line', /(?<![\w-])--[a-z][\w-]*/],
  [
    'a command',
    new RegExp(
      `\\b(?:${Object.entries(commands)
        .map(([first, rest]) => `${first} (?:${rest})`)
        .join('|')})\\b|\\bmove-acces\\b`,
    ),
  ],
];

/**
 * The word of a host that a text of the core says, with its kind; `null` for none. Texts are string literals and templates: an operator or a
 * client reads them, and the core does not know by which host.
 */
export function hostWord(node: Syntax): string | null {
  const text = textOf(node);
  if (text === null) return null;
  for (const [kind, pattern] of kinds) {
    const [word] = pattern.exec(text) ?? [];
    if (word !== undefined) return `'${word}', ${kind}`;
  }
  return null;
}

function textOf({ type, value }: Syntax): string | null {
  if (type === 'StringLiteral') return typeof value === 'string' ? value : null;
  return type === 'TemplateElement' ? (value as { readonly raw: string }).raw : null;
}
