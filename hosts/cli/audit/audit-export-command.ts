import type { CliTools } from '../cli-actions.js';
import type { CliCommand } from '../cli-command.js';
import { wholeNumber } from '../options.js';
import { jsonLine } from '../output/json-line.js';
import { auditJson } from './audit-rows.js';

interface ExportOptions {
  readonly since: number;
}

/** Prints JSON Lines. The `id` of the last line is the cursor for the next export. */
export function addAuditExport(audit: CliCommand, { openCore, terminal, operator }: CliTools): void {
  const command = audit.command('export') as CliCommand; // what `createCommand` makes
  command
    .description('print the whole audit log as NDJSON, the oldest row first; the id of the last line is the next cursor')
    .option('--since <cursor>', 'only rows after this one', wholeNumber(0, 999_999_999_999), 0)
    .withJson()
    .example('audit export > audit.ndjson', 'writes the whole log to a file')
    .example('audit export --since 1234', 'continues after row 1234 without a gap')
    .action(async ({ since }: ExportOptions) => {
      await using core = await openCore('served');
      for await (const rows of core.useCases.exportAudit.execute({ since, actor: operator })) {
        await terminal.printPaced(...rows.map((row) => jsonLine(auditJson(row))));
      }
    });
}
