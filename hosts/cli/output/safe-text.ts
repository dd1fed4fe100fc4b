/** Control, format, private and unassigned characters, lone surrogates, and what ends a line (Unicode: C, Zl, Zp). */
const steering = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A text from outside, on one line of a terminal: what could move the cursor, begin a new line or turn the direction of writing is
 * shown as `\u{1b}`, so that nothing that is stored can forge what is printed.
 */
export const safeText = (text: string): string => text.replace(/\\(?=u\{)/g, '\\\\').replace(steering, escaped);

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;
