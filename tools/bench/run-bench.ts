import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { projectRoot } from '../../test/support/project-root.js';
import { missedBars } from './bars.js';
import { type Figure, figureTable, missedFigures } from './figures/figure.js';
import { figureScenarios } from './figures/figure-scenarios.js';
import { type Infrastructure, startInfrastructure } from './infrastructure.js';
import { type Measurement, measure } from './measure.js';
import { type BenchOptions, parseOptions, usage } from './options.js';
import { table } from './print-table.js';
import { ratiosOf } from './ratios.js';
import { accountsNeeded } from './scenarios.js';
import { startBaseline } from './subjects/start-baseline.js';
import { startFloor } from './subjects/start-floor.js';
import { startOurs } from './subjects/start-ours.js';
import type { Subject } from './subjects/subject.js';

/** Measures, prints a table, and writes the figures as JSON. With `--check` it exits with 1 when a threshold was missed. */
async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) return say(usage);
  const options = parseOptions(argv.filter((argument) => argument !== '--check'));
  await using infrastructure = await startInfrastructure();
  const measurements = options.scenarios.length === 0 ? [] : await measureAll(infrastructure, options);
  const ratios = ratiosOf(measurements);
  if (measurements.length > 0) say(table(measurements, ratios));
  const figures: Figure[] = [];
  for (const name of options.figures) figures.push(...(await figureScenarios[name]({ ...options, infrastructure })));
  if (figures.length > 0) say(figureTable(figures));
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.versions.node };
  await writeFile(
    options.jsonFile,
    `${JSON.stringify({ machine, measuredAt: new Date(), options, ratios, measurements, figures }, null, 2)}\n`,
  );
  for (const { scenario, subject, median } of measurements) {
    if (median.failure !== null) say(`${scenario}, ${subject}: ${median.failures} requests failed, the first with ${median.failure}`);
  }
  if (!argv.includes('--check')) return;
  const missed = [...ratios.flatMap(missedBars), ...missedFigures(figures)];
  for (const line of missed) say(`missed: ${line}`);
  process.exitCode = missed.length > 0 || measurements.some(({ median }) => median.failures > 0) ? 1 : 0;
}

async function measureAll(infrastructure: Infrastructure, options: BenchOptions): Promise<readonly Measurement[]> {
  const { against, profileFolder } = options;
  await using stack = new AsyncDisposableStack();
  const ours = stack.use(
    await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: accountsNeeded, profileFolder }),
  );
  const subjects: Subject[] = [ours];
  if (against !== null) {
    subjects.push(
      stack.use(await startOurs(infrastructure, { name: 'before', checkout: against, accounts: accountsNeeded, profileFolder: null })),
    );
  }
  if (!options.isAlone && options.baseline !== null) {
    subjects.push(stack.use(await startBaseline(infrastructure, { folder: options.baseline, accounts: accountsNeeded })));
  }
  if (!options.isAlone) subjects.push(stack.use(await startFloor(infrastructure, ours)));

  const measurements: Measurement[] = [];
  for (const scenario of options.scenarios) measurements.push(...(await measure(scenario, { ...options, subjects })));
  return measurements;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main(process.argv.slice(2));
