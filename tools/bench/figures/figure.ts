/** The thresholds of a figure; an absent threshold is not checked. */
export interface FigureBar {
  readonly min?: number;
  readonly max?: number;
  /** Min ratio to the baseline. */
  readonly toBaseline?: number;
  /** Min ratio to the floor. */
  readonly toFloor?: number;
}

/** One number that is not a rate of HTTP requests. Null: not measured. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly ours: number | null;
  readonly baseline?: number | null;
  readonly floor?: number | null;
  readonly bar?: FigureBar;
}

/** Returns one line for each threshold that was missed; a value that was not measured is not checked. */
export function missedFigures(figures: readonly Figure[]): readonly string[] {
  return figures.flatMap(({ what, ours, baseline = null, floor = null, bar = {} }) => {
    if (ours === null) return [];
    const { min, max, toBaseline, toFloor } = bar;
    return [
      ...(min !== undefined && ours < min ? [`${what}: ${ours.toFixed(1)}, not ${min} or more`] : []),
      ...(max !== undefined && ours > max ? [`${what}: ${ours.toFixed(1)}, not ${max} or less`] : []),
      ...(toBaseline !== undefined && baseline !== null && ours / baseline < toBaseline
        ? [`${what}: ${(ours / baseline).toFixed(2)} times the baseline, not ${toBaseline}`]
        : []),
      ...(toFloor !== undefined && floor !== null && ours / floor < toFloor
        ? [`${what}: ${(ours / floor).toFixed(2)} of the floor, not ${toFloor}`]
        : []),
    ];
  });
}

/** Returns one line for each figure. */
export function figureTable(figures: readonly Figure[]): string {
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : value.toFixed(value < 1 ? 3 : value < 100 ? 2 : 0);
  const rows = [
    ['figure', 'unit', 'ours', 'baseline', 'floor'],
    ...figures.map(({ what, unit, ours, baseline, floor }) => [what, unit, number(ours), number(baseline), number(floor)]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}
