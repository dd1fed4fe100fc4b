/** Characters that JSON does not escape, but that control a terminal or end a line. */
const steering = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A value as JSON on one line (RFC 8259), safe to show on a terminal. */
export const jsonLine = (value: unknown): string => JSON.stringify(value).replace(steering, escaped);

/** As UTF-16 units (RFC 8259 §7). */
const escaped = (character: string): string =>
  [...Array(character.length).keys()].map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
