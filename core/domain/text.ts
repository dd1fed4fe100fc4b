// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** True for a line of text that can be stored and shown: well-formed Unicode without control characters. */
export const isPlainLine = (text: string): boolean => text.isWellFormed() && !controlCharacters.test(text);

/** Number of code points, as a person counts letters closely enough. */
export const codePoints = (text: string): number => [...text].length;

/** A line from outside that is only kept to be shown: control characters become spaces, the rest is cut at `limit`. */
export function tidyLine(text: string | null | undefined, limit: number): string | null {
  if (text === null || text === undefined) return null;
  const line = text.length <= limit && isPlainLine(text) ? text : cleared(text, limit);
  return line.trim() || null;
}

const cleared = (text: string, limit: number): string =>
  [...text.toWellFormed()]
    .slice(0, limit)
    .map((letter) => (controlCharacters.test(letter) ? ' ' : letter))
    .join('');
