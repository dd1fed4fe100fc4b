import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { CliActions } from './cli-actions.js';

/** The password comes from standard input, never from an argument, where other users of the machine could read it. */
export const seedCommand = ({ seed }: CliActions): Command =>
  new Command('seed')
    .description('Make the demo accounts that are not there yet')
    .option('--password-stdin', 'read their password from standard input', false)
    .option('--json', 'machine-readable output', false)
    .action(async ({ passwordStdin, json }: { passwordStdin: boolean; json: boolean }) => {
      const password = passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : randomBytes(12).toString('base64url');
      const made = await seed(password);
      const shown = passwordStdin || made === 0 ? {} : { password };
      process.stdout.write(json ? `${JSON.stringify({ made, ...shown })}\n` : sentence(made, shown.password));
    });

function sentence(made: number, password: string | undefined): string {
  if (made === 0) return 'The demo accounts are there already.\n';
  return `Made ${made} demo accounts.${password === undefined ? '' : ` Their password, shown only now: ${password}`}\n`;
}
