import { Command, CommanderError } from 'commander';
import type { CliActions } from './cli-actions.js';
import { databaseCommand } from './database-command.js';
import { describeFailure, exitCodes } from './exit-codes.js';
import { secretCommand } from './secret-command.js';
import { seedCommand } from './seed-command.js';
import { serveCommand } from './serve-command.js';

export function createProgram(actions: CliActions): Command {
  return new Command('move-acces')
    .description('Accounts, tokens and live sessions on tables that it may not alter')
    .addCommand(serveCommand(actions))
    .addCommand(databaseCommand(actions))
    .addCommand(seedCommand(actions))
    .addCommand(secretCommand(actions));
}

/** Runs one command line and returns its exit code; failures are one sentence on standard error. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  try {
    overrideExit(program);
    await program.parseAsync(argv);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    process.stderr.write(`${describeFailure(error)}\n`);
    return exitCodes.failed;
  }
}

function overrideExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExit(child);
}
