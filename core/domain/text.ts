// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern matches control characters
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** True for a line of text that can be stored and shown: well-formed Unicode without control characters. */
export const isPlainLine = (text: string): boolean => text.isWellFormed() && !controlCharacters.test(text);

/** Characters without a visible shape: the default ignorable ones (Unicode DI), bidi controls included, and the blank of Braille. */
const invisibleCharacters = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
const visibleCharacters = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Control}\u2800]/u;
const unseenEdges =
  /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Control}\u2800]+|[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Control}\u2800]+$/gu;
/** Embeddings, overrides and isolates (UAX #9 §2): they change the order of the characters after them. */
const bidiFormatting = /[\u202a-\u202e\u2066-\u2069]/;

export const hasInvisible = (text: string): boolean => invisibleCharacters.test(text);

/** Removes blanks, control characters and invisible characters at the edges. */
export const withoutUnseenEdges = (text: string): string => text.replace(unseenEdges, '');

export const hasVisible = (text: string): boolean => visibleCharacters.test(text);

/**
 * Returns whether a text is a plain line that appears as it is stored. Joiners and direction marks between other characters are part of a
 * text: Persian and Indic scripts and emoji need them.
 */
export const isShownLine = (text: string): boolean => isPlainLine(text) && !bidiFormatting.test(text);

/** Number of code points, which is close enough to the number of letters that a person counts. */
export const codePoints = (text: string): number => [...text].length;

/**
 * Cleans a line from outside that is stored only for display: control characters and bidi formatting become spaces, and the text is
 * truncated at `limit`. Returns null where no character is visible.
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
