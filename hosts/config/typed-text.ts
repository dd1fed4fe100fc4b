import { guessBits } from './guess-bits.js';

/** Found in sample files and tutorials; compared without case and punctuation. None turns up in random text. */
const PLACEHOLDERS = new RegExp(
  [
    'change(me|this|it)|replace(me|this|with)|generate(me|with)|thisisa|placeholder|example|insecure|notsafe|don?otuse',
    'your(app|jwt|own|secret|key|random|super|[0-9]+bit)|default(secret|key)|secretkey|notasecret|(super|my|app|jwt|the|test|dev)secret',
  ].join('|'),
);
/** Words that add length but nothing to guess. */
const FILLERS = new RegExp(
  [
    'secret|password|passwd|token|super|sign(ing)?|test|prod(uction)?|dev(elopment)?|local|admin|backend|server',
    'prometheus|grafana|metrics|scrape|fastapi|move|acces|jwt|auth|key|app|api|the|my',
    'dead|beef|cafe|babe|facade|face|feed|f00d|c0ffee|c0de|decaf|abad|1dea',
  ].join('|'),
  'gi',
);
const MIN_DISTINCT = 8;

/** The pairs of letters that words of English and French are made of: about half of the pairs in a text, a twentieth in random letters. */
const COMMON_PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ' +
    'll be ma si om ur'
  ).split(' '),
);
const MAX_COMMON_PAIRS = 0.3;

/** Whether a text holds what sample files write in place of a secret. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.test(text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
}

/** Whether a text would be guessed with an effort of less than 2 to the power of `bits`: repeated, counted, walked over the keyboard. */
export function isGuessable(text: string, bits: number): boolean {
  const core = text.replace(FILLERS, '');
  return new Set(core).size < MIN_DISTINCT || guessBits(core) < bits;
}

/** Whether a text of 43 characters or more is made of words, of letters of one case or of digits alone. Random hex or base64 is none of it. */
export function isWordy(text: string): boolean {
  if (/^(?:[a-z_+/=-]+|[A-Z_+/=-]+|\d+)$/.test(text)) return true;
  const lower = text.toLowerCase();
  let common = 0;
  for (let at = 1; at < lower.length; at += 1) if (COMMON_PAIRS.has(lower.slice(at - 1, at + 1))) common += 1;
  return common >= MAX_COMMON_PAIRS * (text.length - 1);
}
