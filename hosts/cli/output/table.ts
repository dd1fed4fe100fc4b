import { displayWidth } from './display-width.js';
import type { Paint, Style } from './paint.js';
import { safeText } from './safe-text.js';

export interface Column<Row> {
  readonly heading: string;
  /** The cell's text. May contain stored text unchanged. Null shows as a dash. */
  readonly text: (row: Row) => string | number | null;
  readonly align?: 'left' | 'right';
  readonly style?: (row: Row) => Style | null;
}

/** Prints rows under headings, each on one line, with columns aligned by display width. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], paint: Paint): readonly string[] {
  const cells = columns.map((column) => {
    const texts = [column.heading, ...rows.map((row) => safeText(String(column.text(row) ?? '-')))];
    return { column, texts, width: Math.max(...texts.map(displayWidth)) };
  });
  const line = (index: number) =>
    cells.map(({ column, texts, width }, position) => {
      const row = rows[index - 1];
      const style = row === undefined ? 'heading' : (column.style?.(row) ?? null);
      const text = texts[index] ?? '';
      const space = ' '.repeat(width - displayWidth(text));
      const isLast = position === cells.length - 1;
      return column.align === 'right' ? space + paint(text, style) : paint(text, style) + (isLast ? '' : space);
    });
  return Array.from({ length: rows.length + 1 }, (_, index) => line(index).join('  '));
}
