import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../test/support/project-root.js';
import { measureOne, warmUp } from '../measure.js';
import { median } from '../median.js';
import { accountsNeeded } from '../scenarios.js';
import { startOurs } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';

const script = 'dist/hosts/bin/move-acces.js';
const rounds = 3;
/** Two workers need two cores, and the database, Redis and the generator two more. */
const areCoresLeft = availableParallelism() >= 4;

/** Measures two processes on one port against one, in turn; returns nothing for a version whose `serve` has no workers. */
export async function measureWorkers({ infrastructure, seconds }: FigureContext): Promise<readonly Figure[]> {
  const help = execFileSync(process.execPath, [join(projectRoot(), script), 'serve', 'rest', '--help'], { encoding: 'utf8' });
  if (!help.includes('--workers')) return [];
  const options = { name: 'ours', checkout: projectRoot(), accounts: accountsNeeded } as const;
  await using one = await startOurs(infrastructure, options);
  await using two = await startOurs(infrastructure, { ...options, command: [script, 'serve', 'rest', '--migrate', '--workers', '2'] });
  await warmUp('me', one);
  await warmUp('me', two, { processes: 2 });
  const rates: number[] = [];
  const work: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const alone = await measureOne('me', one, { seconds });
    const together = await measureOne('me', two, { seconds });
    rates.push(together.perSecond / alone.perSecond);
    work.push((together.cpuMs.server ?? Number.NaN) / (alone.cpuMs.server ?? Number.NaN));
  }
  return [
    { what: 'two workers, me', unit: 'times the rate of one', ours: median(rates), bar: areCoresLeft ? { min: 1.7 } : {} },
    { what: 'two workers, me', unit: 'times the work of one', ours: median(work), bar: { max: 1.15 } },
  ];
}
