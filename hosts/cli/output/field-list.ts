import type { Paint, Style } from './paint.js';
import { safeText } from './safe-text.js';

export interface Field {
  readonly name: string;
  /** May contain stored text unchanged. Null shows as a dash. */
  readonly text: string | null;
  readonly style?: Style;
}

/** Prints one item, with one line for each of its fields. */
export function fieldList(fields: readonly Field[], paint: Paint): readonly string[] {
  const width = Math.max(...fields.map(({ name }) => name.length));
  return fields.map(({ name, text, style }) => `${paint(name.padEnd(width), 'faint')}  ${paint(safeText(text ?? '-'), style ?? null)}`);
}
