import { Command } from 'commander';
import type { CliActions } from './cli-actions.js';

export function databaseCommand({ migrate, migrationState }: CliActions): Command {
  const database = new Command('db').description('Look after the tables of our own');
  database
    .command('migrate')
    .description('make the new tables; the existing ones are never touched')
    .option('--json', 'machine-readable output', false)
    .action(async ({ json }: { json: boolean }) => {
      const executed = await migrate();
      print(json ? JSON.stringify({ executed }) : executed.length === 0 ? 'Nothing to do.' : `Done: ${executed.join(', ')}`);
    });
  database
    .command('status')
    .description('show which migrations ran and which are pending')
    .option('--json', 'machine-readable output', false)
    .action(async ({ json }: { json: boolean }) => {
      const state = await migrationState();
      const lines = [...state.executed.map((name) => `done     ${name}`), ...state.pending.map((name) => `pending  ${name}`)];
      print(json ? JSON.stringify(state) : lines.join('\n'));
    });
  return database;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
