import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../test/support/project-root.js';
import { median } from '../median.js';
import { startBaseline } from '../subjects/start-baseline.js';
import { startOurs, startSibling } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';
import { residentKib } from './memory-of.js';

const starts = 3;

/**
 * Measures the time from the start of the process, with a migrated database, to its first successful response, and the memory of an idle
 * process.
 */
export async function measureStart(context: FigureContext): Promise<readonly Figure[]> {
  const { infrastructure } = context;
  await using ours = await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: 1 });
  const times: number[] = [];
  const sizes: number[] = [];
  for (let count = 0; count < starts; count += 1) {
    const startedAt = performance.now();
    const { server } = await startSibling(infrastructure, ours);
    await using _process = server;
    times.push((performance.now() - startedAt) / 1000);
    await delay(3000);
    sizes.push(residentKib(server.pid) / 1024);
  }
  const baseline = context.baseline === null ? null : await baselineMemory(context, context.baseline);
  return [
    { what: 'start to first answer', unit: 's', ours: median(times), bar: { max: 1 } },
    { what: 'memory, idle', unit: 'MiB', ours: median(sizes), baseline, bar: { max: 130 } },
  ];
}

async function baselineMemory({ infrastructure }: FigureContext, folder: string): Promise<number> {
  await using baseline = await startBaseline(infrastructure, { folder, accounts: 1 });
  return residentKib(baseline.watched.server ?? 0) / 1024;
}
