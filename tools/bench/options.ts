import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ScenarioName, scenarioNames } from './scenarios.js';

export interface BenchOptions {
  readonly scenarios: readonly ScenarioName[];
  readonly rounds: number;
  readonly seconds: number;
  /** Folder of the backend that is compared with; null: none. */
  readonly baseline: string | null;
  /** Another built checkout of this server to compare with; null: none. */
  readonly against: string | null;
  /** Whether this server is measured alone. */
  readonly isAlone: boolean;
  /** Folder for a CPU profile of this server; null: none. */
  readonly profileFolder: string | null;
  readonly jsonFile: string;
}

export const usage = `npm run bench [-- SCENARIO…] [options]
  scenarios: ${scenarioNames.join(', ')}; none named: all
  --baseline FOLDER   the backend to compare with: holds run.sh PORT DB_PORT REDIS_PORT (or BASELINE=FOLDER)
  --against FOLDER    another built checkout of this server to compare with, before a change and after
  --rounds N          runs of each server, taken in turn; the medians count (3)
  --seconds S         length of a run, after one second of warming up (5)
  --alone             this server only
  --profile FOLDER    leave a CPU profile of this server there
  --json FILE         where the figures go (bench.json)`;

/** @throws Error for what is not in `usage` */
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
      json: { type: 'string', default: 'bench.json' },
    },
  });
  const baseline = values.baseline ?? process.env.BASELINE ?? null;
  if (baseline !== null && !existsSync(join(baseline, 'run.sh'))) throw new Error(`${baseline} holds no run.sh`);
  return {
    scenarios: positionals.length === 0 ? scenarioNames : positionals.map(scenarioName),
    rounds: positive(values.rounds),
    seconds: positive(values.seconds),
    baseline,
    against: values.against ?? null,
    isAlone: values.alone,
    profileFolder: values.profile ?? null,
    jsonFile: values.json,
  };
}

function scenarioName(text: string): ScenarioName {
  const name = scenarioNames.find((known) => known === text);
  if (name === undefined) throw new Error(`there is no scenario ${text}: ${scenarioNames.join(', ')}`);
  return name;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${text} is no number of rounds or seconds`);
  return value;
}
