/** A word that documents and comments do not use, because readers with English as a second language misread it. */
export interface RetiredWord {
  /** Matches the word with its word boundaries. Case does not count. */
  readonly pattern: RegExp;
  readonly write: string;
}

/** A use of a retired word that stays. */
export interface WordException {
  /** Path of the file from the project's root. */
  readonly file: string;
  /** The line contains this text. */
  readonly text: string;
  readonly reason: string;
}

/** Files and folders that are checked, as paths from the project's root. Of TypeScript and JavaScript only comments are checked. */
export const checkedPaths: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.env.example',
  'adapters',
  'docs',
  'examples',
  'ops',
  'core',
  'hosts',
  'migrations',
  'tools',
  'test',
];

export const retiredWords: readonly RetiredWord[] = [
  { pattern: /\bnobody\b/, write: 'the actor: no client, no process' },
  { pattern: /\bwhoever\b/, write: 'the actor: a client, an attacker, an operator' },
  { pattern: /\b(?:some|any|every)body\b/, write: 'the actor: a client, a user, all users' },
  { pattern: /\b(?:of )?ours\b/, write: 'own, or the name of the thing' },
  { pattern: /\bstrangers?\b/, write: 'another client, a client without an account' },
  { pattern: /\bcrowds?\b/, write: 'concurrent requests, a batch' },
  { pattern: /\bpatien(?:ce|t)\b/, write: 'timeout' },
  { pattern: /\b(?:in|into) step\b/, write: 'in batches, at the same time' },
  { pattern: /\bmoments?\b/, write: 'event-loop turn, snapshot, time' },
  { pattern: /\bsays so\b|\bsaid\b/, write: 'states, returns, logs' },
  { pattern: /\b(?:tells?|told)\b/, write: 'returns, sends, reports; gets, receives' },
  { pattern: /\basks? (?:redis|the database|for it)\b|\basked\b/, write: 'queries, sends a request, calls' },
  { pattern: /(?<!secret )\bquestions?\b(?! marks?\b)/, write: 'request, query' },
  { pattern: /\banswer(?:s|ed|ing)?\b/, write: 'response, responds, returns' },
  { pattern: /\b(?:a|the|its|new|same) grants?\b/, write: 'token response (RFC 6749 §5.1); in a database: right' },
  { pattern: /\b(?:refresh|login|access) tickets?\b/, write: 'token; a ticket is the WebSocket’s' },
  { pattern: /\bdoors?\b/, write: 'entry point, host, route' },
  { pattern: /\bthe house\b/, write: 'the code, the import rules' },
  { pattern: /\b(?:held|holds?|holding) up\b/, write: 'delayed, blocked' },
  { pattern: /\bgo(?:es|ne|ing)? on\b/, write: 'continues' },
  { pattern: /\bfewest\b/, write: 'min' },
];

/** At most ten. */
export const wordExceptions: readonly WordException[] = [];
