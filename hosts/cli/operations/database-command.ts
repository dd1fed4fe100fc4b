import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { type Column, table } from '../output/table.js';
import { addDatabaseCheck } from './database-check-command.js';

interface Migration {
  readonly name: string;
  readonly isDone: boolean;
}

export function databaseCommand(tools: CliTools): CliCommand {
  const { openCore, terminal } = tools;
  const database = new CliCommand('db').description('create the new tables, check the existing ones');
  const migrate = database.command('migrate') as CliCommand; // what `createCommand` makes
  migrate
    .description('create the new tables; the existing ones do not change')
    .withJson()
    .example('db migrate', 'creates the missing tables')
    .action(async ({ json }: { readonly json?: true }) => {
      await using core = await openCore('untouched');
      const executed = await core.migrations.up();
      const changed = await core.useCases.watchDefinitions.execute();
      if (changed.length > 0) terminal.note('Run "db check": definitions of existing tables have changed.');
      if (json) terminal.printJson({ executed });
      else terminal.print(executed.length === 0 ? 'Nothing to do.' : `Done: ${executed.join(', ')}`);
    });
  const status = database.command('status') as CliCommand;
  status
    .description('show which migrations ran and which are pending')
    .withJson()
    .example('db status --json', 'shows the migrations as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      await using core = await openCore('untouched');
      const [executed, pending] = [await core.migrations.executed(), await core.migrations.pending()];
      if (json) return terminal.printJson({ executed, pending });
      const migrations = [...executed.map((name) => ({ name, isDone: true })), ...pending.map((name) => ({ name, isDone: false }))];
      terminal.print(...(await table(migrations, columns, terminal.paint)));
    });
  addDatabaseCheck(database, tools);
  return database;
}

const columns: readonly Column<Migration>[] = [
  { heading: 'STATE', text: ({ isDone }) => (isDone ? 'done' : 'pending'), style: ({ isDone }) => (isDone ? 'good' : 'bad') },
  { heading: 'MIGRATION', text: ({ name }) => name },
];
