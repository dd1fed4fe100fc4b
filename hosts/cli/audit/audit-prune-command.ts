import type { AuditPruning } from '../../../core/usecases/audit/prune-audit.js';
import type { CliTools } from '../cli-actions.js';
import type { CliCommand } from '../cli-command.js';
import { pointInTime } from '../options.js';

interface PruneOptions {
  readonly before: number;
  readonly json?: true;
}

/** Fails when it stopped at rows that are not the rows that were sealed. */
export function addAuditPrune(audit: CliCommand, { openCore, terminal }: CliTools): void {
  const command = audit.command('prune') as CliCommand; // what `createCommand` makes
  command
    .description('delete the oldest sealed rows and keep their seals, so that the rest still verifies')
    .requiredOption('--before <time>', 'rows older than that: ISO 8601, or an age such as 90d', pointInTime)
    .withJson()
    .example('audit prune --before 2026-01-01', 'deletes rows from before this year')
    .example('audit prune --before 365d', 'keeps the rows of one year')
    .action(async ({ before, json }: PruneOptions) => {
      await using core = await openCore('served');
      const pruning = await core.useCases.pruneAudit.execute({ before });
      if (json) terminal.printJson(reported(pruning));
      else terminal.print(sentence(pruning));
      if (pruning.brokenSealId === null) return;
      throw new Error(`Stopped at seal ${pruning.brokenSealId}: the rows under it are not those that were sealed. They stay as evidence.`);
    });
}

const sentence = ({ deleted, prunedUpTo }: AuditPruning): string =>
  deleted === 0 ? 'No sealed range is that old.' : `Deleted ${deleted} rows; everything up to row ${prunedUpTo} is gone.`;

const reported = ({ deleted, prunedUpTo, brokenSealId }: AuditPruning) => ({
  deleted,
  pruned_up_to: prunedUpTo,
  broken_seal: brokenSealId,
});
