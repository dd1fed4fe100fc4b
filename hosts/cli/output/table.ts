import type { Paint, Style } from './paint.js';
import { safeText } from './safe-text.js';

export interface Column<Row> {
  readonly heading: string;
  /** The cell's text. May contain stored text unchanged. Null shows as a dash. */
  readonly text: (row: Row) => string | number | null;
  readonly align?: 'left' | 'right';
  readonly style?: (row: Row) => Style | null;
}

/** Rows under headings, each on one line, columns aligned by what a terminal shows. */
export async function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], paint: Paint): Promise<readonly string[]> {
  // loaded here, since it takes as long as many modules, and few commands print a table
  const { default: stringWidth } = await import('string-width');
  const cells = columns.map((column) => {
    const texts = [column.heading, ...rows.map((row) => safeText(String(column.text(row) ?? '-')))];
    return { column, texts, width: Math.max(...texts.map((text) => stringWidth(text))) };
  });
  const line = (index: number) =>
    cells.map(({ column, texts, width }, position) => {
      const row = rows[index - 1];
      const style = row === undefined ? 'heading' : (column.style?.(row) ?? null);
      const text = texts[index] ?? '';
      const space = ' '.repeat(width - stringWidth(text));
      const isLast = position === cells.length - 1;
      return column.align === 'right' ? space + paint(text, style) : paint(text, style) + (isLast ? '' : space);
    });
  return Array.from({ length: rows.length + 1 }, (_, index) => line(index).join('  '));
}
