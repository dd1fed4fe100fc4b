// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** True for a line of text that can be stored and shown: well-formed Unicode without control characters. */
export const isPlainLine = (text: string): boolean => text.isWellFormed() && !controlCharacters.test(text);

/** Characters that show nothing: the default ignorable ones (Unicode DI), bidi controls included, and the blank of Braille. */
const invisibleCharacters = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
const visibleCharacters = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Control}\u2800]/u;
const unseenEdges =
  /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Control}\u2800]+|[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Control}\u2800]+$/gu;
/** Embeddings, overrides and isolates (UAX #9 §2): they change the order of what is shown after them. */
const bidiFormatting = /[\u202a-\u202e\u2066-\u2069]/;

export const hasInvisible = (text: string): boolean => invisibleCharacters.test(text);

/** Without what shows nothing of itself at its edges: blanks, control characters, invisible ones. */
export const withoutUnseenEdges = (text: string): string => text.replace(unseenEdges, '');

export const hasVisible = (text: string): boolean => visibleCharacters.test(text);

/**
 * A plain line that shows as it is stored. Joiners and direction marks between other characters are part of a text: Persian and Indic
 * scripts and emoji need them.
 */
export const isShownLine = (text: string): boolean => isPlainLine(text) && !bidiFormatting.test(text);

/** Number of code points, as a person counts letters closely enough. */
export const codePoints = (text: string): number => [...text].length;

/**
 * A line from outside that is only kept to be shown: control characters and bidi formatting become spaces, the rest is cut at `limit`; null
 * where no character is visible.
 */
export function tidyLine(text: string | null | undefined, limit: number): string | null {
  if (text === null || text === undefined) return null;
  const line = text.length <= limit && isShownLine(text) ? text : cleared(text, limit);
  return hasVisible(line) ? line.trim() : null;
}

const cleared = (text: string, limit: number): string =>
  [...text.toWellFormed()]
    .slice(0, limit)
    .map((letter) => (isShownLine(letter) ? letter : ' '))
    .join('');
