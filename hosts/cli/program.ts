import { styleText } from 'node:util';
import { type Command, CommanderError } from 'commander';
import { usersCommand } from './accounts/users-command.js';
import { auditCommand } from './audit/audit-command.js';
import type { CliTools } from './cli-actions.js';
import { CliCommand } from './cli-command.js';
import { exitCodes } from './exit-codes.js';
import { type FailureText, failureText } from './failure-text.js';
import { eventsCommand } from './live/events-command.js';
import { configCommand } from './operations/config-command.js';
import { databaseCommand } from './operations/database-command.js';
import { secretCommand } from './operations/secret-command.js';
import { seedCommand } from './operations/seed-command.js';
import { serveCommand } from './operations/serve-command.js';
import { jsonLine } from './output/json-line.js';
import { safeText } from './output/safe-text.js';
import { hashCommand } from './passwords/hash-command.js';
import { type CommandFacts, commandFacts } from './reference/command-facts.js';
import { completionCommand } from './reference/completion-command.js';
import { manualCommand } from './reference/manual-command.js';
import { sessionsCommand } from './sessions/sessions-command.js';
import { tokensCommand } from './sessions/tokens-command.js';
import type { Terminal } from './terminal.js';

export function createProgram(tools: CliTools): CliCommand {
  const program = new CliCommand('move-acces');
  const facts = (): CommandFacts => commandFacts(program);
  program
    .description('accounts, tokens and live sessions on existing tables that it does not alter')
    .version(tools.version)
    .addCommand(serveCommand(tools))
    .addCommand(databaseCommand(tools))
    .addCommand(seedCommand(tools))
    .addCommand(usersCommand(tools))
    .addCommand(sessionsCommand(tools))
    .addCommand(tokensCommand(tools))
    .addCommand(eventsCommand(tools))
    .addCommand(auditCommand(tools))
    .addCommand(configCommand(tools))
    .addCommand(secretCommand(tools))
    .addCommand(hashCommand(tools))
    .addCommand(completionCommand(tools, facts))
    .addCommand(manualCommand(tools, facts));
  return program;
}

/** Runs one command line and returns its exit code. Prints a failure as one line on standard error, with `--json` as a JSON object. */
export async function runProgram(program: CliCommand, argv: readonly string[], terminal: Terminal): Promise<number> {
  const isJson = argv.includes('--json');
  const report = ({ code, lines }: FailureText) => {
    if (isJson) terminal.note(jsonLine({ error: { code, message: lines.join('\n') } }));
    else for (const line of lines) terminal.note(line);
  };
  prepare(program, (message) => report({ code: 'usage', lines: [message] }));
  try {
    await program.parseAsync(argv);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    report(failureText(error));
    return exitCodes.failed;
  }
}

/** Sets the options that a command does not inherit from its parent. */
function prepare(command: Command, reportUsage: (message: string) => void): void {
  command
    .exitOverride()
    .configureHelp({ styleTitle: (title) => styleText('bold', title, { validateStream: false }) })
    .configureOutput({ outputError: (text) => reportUsage(usageText(text)) });
  for (const child of command.commands) prepare(child, reportUsage);
}

/** The parser puts arguments into its messages as they were typed. The only line break of its own is the one before its advice. */
function usageText(text: string): string {
  const [, message = '', advice = ''] = /^(.*?)(?:\n(\(Did you mean [^\n]*\?\)))?\n*$/s.exec(text) ?? [];
  return [message, advice]
    .filter((part) => part !== '')
    .map(safeText)
    .join(' ');
}
