import { InvalidArgumentError } from 'commander';
import { fingerprintOf } from '../../../core/domain/audit/audit-seal.js';
import type { AuditVerdict, BrokenSeal, VerifyAuditInput } from '../../../core/usecases/audit/verify-audit.js';
import type { CliTools } from '../cli-actions.js';
import type { CliCommand } from '../cli-command.js';

interface VerifyOptions {
  readonly expect?: VerifyAuditInput;
  readonly json?: true;
}

const words = {
  rows_changed: 'rows were changed',
  rows_deleted: 'rows were deleted',
  rows_inserted: 'rows were inserted',
  seal_changed: 'the seal was changed',
  seal_missing: 'the seal before it is missing or was changed',
  pruned_rows_present:
    'rows are there that were pruned, and they are no whole range: they were inserted, or "audit prune" of an earlier version was interrupted and has to be run again',
  head_missing: 'the chain does not go through the expected hash or fingerprint: its end was cut off or made anew',
} as const satisfies Record<BrokenSeal['fault'], string>;

const sampleHash = '9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab';

/** Fails, and names the first broken seal, when anything differs from its sealed state. */
export function addAuditVerify(audit: CliCommand, { openCore, terminal }: CliTools): void {
  const command = audit.command('verify') as CliCommand; // what `createCommand` makes
  command
    .description('compute every seal over the audit log again and show the first broken one')
    .option(
      '--expect <hash>',
      'fail also unless the chain goes through this seal: "head" of an earlier --json, or a value of move_acces_audit_head_fingerprint',
      notedHead,
    )
    .withJson()
    .example('audit verify', 'checks all sealed rows')
    .example(`audit verify --expect ${sampleHash}`, 'also checks that the chain was not shortened or replaced since that was its "head"')
    .example('audit verify --expect 1234567890123456', 'the same with a value of the metric, which is easier to forge')
    .action(async ({ expect, json }: VerifyOptions) => {
      await using core = await openCore('served');
      const verdict = await core.useCases.verifyAudit.execute(expect);
      if (json) terminal.printJson(reported(verdict));
      if (verdict.broken !== null) throw new Error(`The audit log is not as it was sealed: ${sentence(verdict.broken)}.`);
      if (!json) terminal.print(summary(verdict));
    });
}

function sentence({ fault, sealId, range }: BrokenSeal): string {
  const seal = sealId === null ? '' : `seal ${sealId}, `;
  const rows = range === null ? '' : `rows ${range.firstRowId} to ${range.lastRowId}: `;
  return `${seal}${rows}${words[fault]}`;
}

function summary({ seals, rows, head, unfinishedPrune }: AuditVerdict): string {
  if (head.seal === null) return 'Nothing is sealed yet.';
  const pruned = head.prunedUpTo === 0 || unfinishedPrune !== null ? '' : ` Rows up to ${head.prunedUpTo} were pruned.`;
  const sealed = `${seals} seals over ${rows} rows, up to row ${head.sealedUpTo}, are as they were made.${pruned} Head: ${head.seal.hash}, fingerprint: ${fingerprintOf(head.seal.hash)}`;
  return unfinishedPrune === null ? sealed : `${sealed}\n${unfinished(unfinishedPrune)}`;
}

const unfinished = ({ firstRowId, lastRowId }: NonNullable<AuditVerdict['unfinishedPrune']>): string =>
  `A prune is not finished: rows ${firstRowId} to ${lastRowId} are still there. Unless it is running now, run "audit prune" again: it deletes them first.`;

const reported = ({ broken, unfinishedPrune, seals, rows, head }: AuditVerdict) => ({
  ok: broken === null,
  seals,
  rows,
  sealed_up_to: head.sealedUpTo,
  pruned_up_to: head.prunedUpTo,
  head: head.seal?.hash ?? null,
  fingerprint: head.seal === null ? null : fingerprintOf(head.seal.hash),
  unfinished_prune: unfinishedPrune && { first_row: unfinishedPrune.firstRowId, last_row: unfinishedPrune.lastRowId },
  broken: broken && {
    fault: broken.fault,
    seal: broken.sealId,
    first_row: broken.range?.firstRowId ?? null,
    last_row: broken.range?.lastRowId ?? null,
  },
});

/** Parses the hash of a seal, or its fingerprint: a fingerprint copied from a graph may have an exponent. */
function notedHead(text: string): VerifyAuditInput {
  const noted = text.trim();
  if (/^[0-9a-f]{64}$/i.test(noted)) return { hash: noted.toLowerCase() };
  const fingerprint = /^\d+(\.\d+)?(e\+?\d+)?$/i.test(noted) ? Number(noted) : Number.NaN;
  if (Number.isSafeInteger(fingerprint)) return { fingerprint };
  throw new InvalidArgumentError('It wants the 64 hexadecimal digits of a hash, or a fingerprint, which is a whole number.');
}
