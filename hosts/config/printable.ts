const LONGEST_SHOWN = 40;

/**
 * Quotes a value from outside for a one-line message: at most 40 code points, with control, format and line-separator characters escaped,
 * so that it can neither break the line nor control a terminal.
 */
export function printable(text: string): string {
  const points = [...text];
  const shown = points
    .slice(0, LONGEST_SHOWN)
    .join('')
    .replace(/[\p{C}\p{Zl}\p{Zp}"\\]/gu, escaped);
  return `"${shown}${points.length > LONGEST_SHOWN ? '…' : ''}"`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
