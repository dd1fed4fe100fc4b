import { Option } from 'commander';
import { type AuditEventName, auditEventNames } from '../../../core/domain/audit/audit-event.js';
import type { AuditRow } from '../../../core/domain/audit/audit-row.js';
import { userId } from '../../../core/domain/ids.js';
import type { AuditFilter } from '../../../core/ports/audit/audit-log.js';
import type { CliCore, CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { pointInTime, wholeNumber } from '../options.js';
import { untilInterrupted } from '../until-interrupted.js';
import { addAuditExport } from './audit-export-command.js';
import { addAuditPrune } from './audit-prune-command.js';
import { auditJson, auditLines } from './audit-rows.js';
import { addAuditVerify } from './audit-verify-command.js';

interface ListOptions {
  readonly user?: string;
  readonly event?: AuditEventName;
  readonly since?: number;
  readonly limit: number;
  readonly follow?: true;
  readonly json?: true;
}

/** Commands that show, export, verify and prune the audit log. */
export function auditCommand(tools: CliTools): CliCommand {
  const { openCore, terminal } = tools;
  const audit = new CliCommand('audit').description('read the audit log');
  const list = audit.command('list') as CliCommand; // what `createCommand` makes
  list
    .description('show the newest rows, in the order of their ids')
    .option('--user <id>', 'only events of this account')
    .addOption(new Option('--event <name>', 'only events of this name').choices(auditEventNames))
    .addOption(new Option('--since <time>', 'only rows since then: ISO 8601, or an age such as 15m, 2h, 7d').argParser(pointInTime))
    .addOption(new Option('--limit <number>', 'maximum number of rows, 1 to 10000').default(50).argParser(wholeNumber(1, 10_000)))
    .option('--follow', 'continue with new rows until the command is interrupted')
    .withJson()
    .example('audit list --since 2h --event refresh_reuse', 'shows reused tokens of the last two hours')
    .example('audit list --user 42 --limit 200', 'shows what happened to account 42')
    .example('audit list --follow --json', 'shows rows and continues with new ones, one JSON object per line')
    .action(async ({ user, event, since, limit, follow, json }: ListOptions) => {
      const filter = { userId: user === undefined ? null : userId(user), event: event ?? null, since: since ?? null };
      await using core = await openCore('served');
      const show = (rows: readonly AuditRow[]) =>
        json ? terminal.printJson(...rows.map(auditJson)) : terminal.print(...auditLines(rows, terminal.paint));
      if (follow === true) return await followRows({ core, filter, limit, show }, tools);
      const rows = await core.useCases.listAudit.execute({ ...filter, limit });
      show(rows);
      if (rows.length === 0 && json !== true) terminal.note('No row is like that.');
    });
  addAuditExport(audit, tools);
  addAuditVerify(audit, tools);
  addAuditPrune(audit, tools);
  return audit;
}

interface Following {
  readonly core: CliCore;
  readonly filter: AuditFilter;
  readonly limit: number;
  readonly show: (rows: readonly AuditRow[]) => void;
}

async function followRows({ core, filter, limit, show }: Following, { terminal }: CliTools): Promise<void> {
  const { followAudit } = core.useCases;
  const interrupted = untilInterrupted();
  const away = () => terminal.note('The database cannot be reached; it is tried again.');
  await followAudit.start({ filter, limit, reader: { rows: show, away } });
  await interrupted;
  await followAudit.stop();
}
