/** Control, format, private and unassigned characters, lone surrogates, and line separators (Unicode: C, Zl, Zp). */
const steering = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Makes a text from outside safe for one line of a terminal. A character that could move the cursor, start a new line or change the writing
 * direction is shown as `\u{1b}`, so that stored text cannot forge output.
 */
export const safeText = (text: string): string => text.replace(/\\(?=u\{)/g, '\\\\').replace(steering, escaped);

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;
