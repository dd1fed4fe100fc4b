import type { Measurement } from './measure.js';
import type { Ratios } from './ratios.js';

const heads = ['scenario', 'server', 'req/s', 'p50 ms', 'p99 ms', 'cpu ms', 'db ms', 'redis ms', 'failed', 'ours/it'] as const;

/** Returns a line for each server and scenario. The last column is the ratio of this server to the other. */
export function table(measurements: readonly Measurement[], ratios: readonly Ratios[]): string {
  const rows = measurements.map((measurement) => cellsOf(measurement, ratios));
  const all = [[...heads], ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  ')).join('\n');
}

function cellsOf({ scenario, subject, median }: Measurement, ratios: readonly Ratios[]): string[] {
  const { perSecond, p50Ms, p99Ms, cpuMs, failures } = median;
  const ratio = ratios.find((one) => one.scenario === scenario);
  const times = subject === 'ours' ? null : ratio?.[ratioTo[subject]];
  const cpu = (name: string) => cpuMs[name]?.toFixed(3) ?? '';
  const figures = [perSecond.toFixed(perSecond < 1000 ? 1 : 0), p50Ms.toFixed(2), p99Ms.toFixed(2)];
  return [scenario, subject, ...figures, cpu('server'), cpu('database'), cpu('redis'), String(failures), times?.toFixed(2) ?? ''];
}

const ratioTo = { before: 'toBefore', baseline: 'toBaseline', floor: 'toFloor' } as const satisfies Record<string, keyof Ratios>;

const pad = (cell: string, width: number, column: number): string => (column < 2 ? cell.padEnd(width) : cell.padStart(width));
