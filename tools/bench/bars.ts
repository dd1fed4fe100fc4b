import type { Ratios } from './ratios.js';
import type { ScenarioName } from './scenarios.js';

/** The thresholds of a scenario. */
export interface Bar {
  readonly toBaseline?: number;
  readonly toFloor?: number;
  readonly cpuMs?: number;
}

/** On two cores, one process each, with MariaDB and Redis beside it, and the load generator on the same cores. */
export const bars: Readonly<Record<ScenarioName, Bar>> = {
  me: { toBaseline: 8, toFloor: 0.55, cpuMs: 0.13 },
  refresh: { toBaseline: 4.5, toFloor: 0.5 },
  patch: { toBaseline: 4.5 },
  login: { toBaseline: 1.4, toFloor: 0.95 },
  register: { toBaseline: 1.4, toFloor: 0.95 },
};

/** Returns one line for each threshold that was missed; a value that was not measured is not checked. */
export function missedBars({ scenario, toBaseline, toFloor, cpuMs }: Ratios): readonly string[] {
  const bar = bars[scenario];
  const missed: string[] = [];
  const atLeast = (what: string, is: number | null, wanted: number | undefined) => {
    if (is !== null && wanted !== undefined && is < wanted) missed.push(`${scenario}: ${is.toFixed(2)} times the ${what}, not ${wanted}`);
  };
  atLeast('baseline', toBaseline, bar.toBaseline);
  atLeast('floor', toFloor, bar.toFloor);
  if (bar.cpuMs !== undefined && cpuMs > bar.cpuMs)
    missed.push(`${scenario}: ${cpuMs.toFixed(3)} ms of processor a request, not ${bar.cpuMs}`);
  return missed;
}
