import { InvalidArgumentError } from 'commander';
import { fingerprintOf } from '../../core/domain/audit-seal.js';
import type { AuditVerdict, BrokenSeal } from '../../core/usecases/verify-audit.js';
import type { CliTools } from './cli-actions.js';
import type { CliCommand } from './cli-command.js';

interface VerifyOptions {
  readonly expect?: number;
  readonly json?: true;
}

const words = {
  rows_changed: 'rows were changed',
  rows_deleted: 'rows were deleted',
  rows_inserted: 'rows were inserted',
  seal_changed: 'the seal was changed',
  seal_missing: 'the seal before it is missing or was changed',
  pruned_rows_present: 'rows are there that were pruned; run "audit prune" again if it was interrupted, else they were inserted',
  head_missing: 'the chain does not go through the expected fingerprint: its end was cut off or made anew',
} as const satisfies Record<BrokenSeal['fault'], string>;

/** Fails, and names the first broken seal, when anything is not as it was sealed. */
export function addAuditVerify(audit: CliCommand, { openCore, terminal }: CliTools): void {
  const command = audit.command('verify') as CliCommand; // what `createCommand` makes
  command
    .description('compute every seal over the audit log anew and name the first that is broken')
    .option(
      '--expect <fingerprint>',
      'fail also unless the chain goes through this value of move_acces_audit_head_fingerprint',
      fingerprint,
    )
    .withJson()
    .example('audit verify', 'checks everything that is sealed')
    .example('audit verify --expect 1234567890123456', 'also checks that nothing was cut off since the metrics showed this')
    .action(async ({ expect, json }: VerifyOptions) => {
      await using core = await openCore('served');
      const verdict = await core.useCases.verifyAudit.execute({ fingerprint: expect ?? null });
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

function summary({ seals, rows, head }: AuditVerdict): string {
  if (head.seal === null) return 'Nothing is sealed yet.';
  const pruned = head.prunedUpTo === 0 ? '' : ` Rows up to ${head.prunedUpTo} were pruned.`;
  return `${seals} seals over ${rows} rows, up to row ${head.sealedUpTo}, are as they were made.${pruned} Fingerprint: ${fingerprintOf(head.seal.hash)}`;
}

const reported = ({ broken, seals, rows, head }: AuditVerdict) => ({
  ok: broken === null,
  seals,
  rows,
  sealed_up_to: head.sealedUpTo,
  pruned_up_to: head.prunedUpTo,
  head: head.seal?.hash ?? null,
  fingerprint: head.seal === null ? null : fingerprintOf(head.seal.hash),
  broken: broken && {
    fault: broken.fault,
    seal: broken.sealId,
    first_row: broken.range?.firstRowId ?? null,
    last_row: broken.range?.lastRowId ?? null,
  },
});

/** Who copies it from a graph may have got an exponent with it. */
function fingerprint(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('It wants a whole number.');
}
