import { Option } from 'commander';
import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { wholeNumber } from '../options.js';
import { type Column, table } from '../output/table.js';
import { type Calibration, calibrate, type Measurement } from './calibrate.js';

interface CalibrateOptions {
  readonly targetMs: number;
  readonly memoryKib: number;
  readonly json?: true;
}

export function hashCommand(tools: CliTools): CliCommand {
  const { terminal } = tools;
  const hash = new CliCommand('hash').description('choose the cost of a password hash');
  const command = hash.command('calibrate') as CliCommand; // what `createCommand` makes
  command
    .description('measure this machine and recommend Argon2 parameters; run it while the machine is idle')
    .addOption(
      new Option('--target-ms <number>', 'maximum time of one hash, in milliseconds').default(100).argParser(wholeNumber(1, 60_000)),
    )
    .addOption(new Option('--memory-kib <number>', 'memory of one hash, in KiB').default(19_456).argParser(wholeNumber(7168, 4_194_304)))
    .withJson()
    .example('hash calibrate', 'finds the passes that take 100 ms with 19 MiB')
    .example('hash calibrate --target-ms 250 --memory-kib 65536', 'finds the passes that take a quarter of a second with 64 MiB')
    .action(async ({ targetMs, memoryKib, json }: CalibrateOptions) => {
      const calibration = await calibrate({ targetMs, memoryKib }, tools);
      if (json) return terminal.printJson(calibrationJson(calibration));
      terminal.print(...(await table(calibration.measurements, columns, terminal.paint)), '', ...recommendation(calibration));
    });
  return hash;
}

const columns: readonly Column<Measurement>[] = [
  { heading: 'MEMORY KIB', text: ({ cost }) => cost.memoryKib, align: 'right' },
  { heading: 'PASSES', text: ({ cost }) => cost.timeCost, align: 'right' },
  { heading: 'MS', text: ({ ms }) => ms.toFixed(1), align: 'right' },
];

function recommendation({ recommended: { cost, ms }, isWithinTarget, targetMs }: Calibration): readonly string[] {
  const note = isWithinTarget
    ? `One hash takes ${ms.toFixed(0)} ms; so many at once as HASH_CONCURRENCY says take ${cost.memoryKib} KiB each.`
    : `One hash takes ${ms.toFixed(0)} ms, more than the ${targetMs} ms wished for: fewer passes or less memory are not accepted.`;
  return [`ARGON2_MEMORY_KIB=${cost.memoryKib}`, `ARGON2_TIME_COST=${cost.timeCost}`, `ARGON2_PARALLELISM=${cost.parallelism}`, '', note];
}

const measurementJson = ({ cost, ms }: Measurement) => ({
  memory_kib: cost.memoryKib,
  time_cost: cost.timeCost,
  parallelism: cost.parallelism,
  milliseconds: Math.round(ms * 10) / 10,
});

const calibrationJson = ({ recommended, measurements, isWithinTarget, targetMs }: Calibration) => ({
  target_ms: targetMs,
  within_target: isWithinTarget,
  recommended: measurementJson(recommended),
  measurements: measurements.map(measurementJson),
});
