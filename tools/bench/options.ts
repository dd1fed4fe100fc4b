import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FigureScenarioName, figureScenarioNames } from './figures/figure-scenarios.js';
import { type ScenarioName, scenarioNames } from './scenarios.js';

export interface BenchOptions {
  /** Scenarios of requests. */
  readonly scenarios: readonly ScenarioName[];
  /** Other measurements. */
  readonly figures: readonly FigureScenarioName[];
  readonly rounds: number;
  readonly seconds: number;
  /** Folder of the backend to compare with; null: none. */
  readonly baseline: string | null;
  /** Another built checkout of this server to compare with; null: none. */
  readonly against: string | null;
  /** Whether only this server is measured. */
  readonly isAlone: boolean;
  /** Folder for a CPU profile of this server; null: none. */
  readonly profileFolder: string | null;
  /** Number of rows of the large tables of `growth`. */
  readonly rows: number;
  readonly jsonFile: string;
}

export const usage = `npm run bench [-- SCENARIO…] [options]
  scenarios: ${[...scenarioNames, ...figureScenarioNames].join(', ')}; none named: all
  --baseline FOLDER   the backend to compare with: holds run.sh PORT DB_PORT REDIS_PORT (or BASELINE=FOLDER)
  --against FOLDER    another built checkout of this server to compare with, before a change and after
  --rounds N          runs of each server, taken in turn; the medians count (3)
  --seconds S         length of a run, after three of warming up (5)
  --alone             this server only
  --profile FOLDER    leave a CPU profile of this server there
  --rows N            users and sessions in the large tables of growth (1000000)
  --json FILE         where the figures go (bench.json)`;

/** @throws Error for an argument that `usage` does not list */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      baseline: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      against: { type: 'string' },
      alone: { type: 'boolean', default: false },
      profile: { type: 'string' },
      rows: { type: 'string', default: '1000000' },
      json: { type: 'string', default: 'bench.json' },
    },
  });
  const unknown = positionals.filter((name) => ![...scenarioNames, ...figureScenarioNames].some((known) => known === name));
  if (unknown.length > 0) throw new Error(`there is no scenario ${unknown.join(', ')}`);
  const baseline = values.baseline ?? process.env.BASELINE ?? null;
  if (baseline !== null && !existsSync(join(baseline, 'run.sh'))) throw new Error(`${baseline} holds no run.sh`);
  return {
    scenarios: scenarioNames.filter((name) => positionals.length === 0 || positionals.includes(name)),
    figures: figureScenarioNames.filter((name) => positionals.length === 0 || positionals.includes(name)),
    rounds: positive(values.rounds),
    seconds: positive(values.seconds),
    baseline,
    against: values.against ?? null,
    isAlone: values.alone,
    profileFolder: values.profile ?? null,
    rows: positive(values.rows),
    jsonFile: values.json,
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${text} is no number of rounds, seconds or rows`);
  return value;
}
