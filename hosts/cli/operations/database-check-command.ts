import { type SchemaFinding, severityOf } from '../../../core/domain/operations/schema-finding.js';
import type { SchemaReport } from '../../../core/usecases/operations/check-schema.js';
import type { CliTools } from '../cli-actions.js';
import type { CliCommand } from '../cli-command.js';
import { table } from '../output/table.js';
import { findingAdvice } from './finding-advice.js';
import { findingLines } from './finding-lines.js';

interface CheckOptions {
  readonly accept?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** Fails when something does not work; with `--strict` also when something is slow, unsafe, or works only for some accounts. */
export function addDatabaseCheck(database: CliCommand, { openCore, terminal }: CliTools): void {
  const command = database.command('check') as CliCommand; // what `createCommand` makes
  command
    .description('compare the existing tables, definitions and rows, with the mapping and report every mismatch')
    .option('--accept', 'store the present definitions as accepted: later checks, and each start, report what changed since')
    .option('--strict', 'fail also on warnings')
    .withJson()
    .example('db check', 'reads the tables, changes nothing, and fails if there is an error')
    .example('db check --strict --json', 'for a build: fails on warnings too, and prints the findings as JSON')
    .example('db check --accept', 'accepts an intended change of a definition')
    .action(async ({ accept = false, strict = false, json }: CheckOptions) => {
      await using core = await openCore('untouched');
      if (accept && (await core.migrations.pending()).length > 0) {
        throw new Error('There is nothing yet to keep definitions in: run "move-acces db migrate" first.');
      }
      const report = await core.useCases.checkSchema.execute({ accept });
      if (json) terminal.printJson(reported(report, accept));
      else terminal.print(...(await humanReport(report, terminal.paint)));
      const { error, warning } = report.counts;
      if (error > 0 || (strict && warning > 0)) throw new Error(`The tables are not as they should be: ${countsOf(report)}.`);
    });
}

async function humanReport(report: SchemaReport, paint: CliTools['terminal']['paint']): Promise<readonly string[]> {
  const { findings, survey } = report;
  const formats = survey === null || survey.hashes.length === 0 ? [] : await table(survey.hashes, hashColumns, paint);
  const accounts = survey === null ? '' : `${survey.accounts} accounts were read. `;
  const parts = [findings.flatMap((finding) => findingLines(finding, paint)), formats, [`${accounts}Found: ${countsOf(report)}.`]];
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

const hashColumns = [
  { heading: 'HASHES', text: ({ count }: { readonly count: number }) => count, align: 'right' },
  { heading: 'FORMAT', text: ({ scheme }: { readonly scheme: string }) => scheme },
] as const;

const countsOf = ({ counts: { error, warning, info } }: SchemaReport): string => `${error} errors, ${warning} warnings, ${info} notes`;

const reported = ({ findings, counts, survey, definitions }: SchemaReport, isAccepted: boolean) => ({
  ok: counts.error === 0,
  errors: counts.error,
  warnings: counts.warning,
  infos: counts.info,
  findings: findings.map(reportedFinding),
  accounts: survey?.accounts ?? null,
  hashes: survey?.hashes ?? null,
  definitions: definitions.map(({ table: name, fingerprint, kept }) => ({
    table: name,
    fingerprint,
    kept: isAccepted ? fingerprint : kept,
  })),
});

const reportedFinding = (finding: SchemaFinding) => {
  const { code, message, table: name, column, count, ids } = finding;
  return { severity: severityOf(finding), code, table: name, column, message, advice: findingAdvice[code], count, ids };
};
