import { Command } from 'commander';
import type { CliActions } from './cli-actions.js';

export function secretCommand({ generateSecret }: CliActions): Command {
  const secret = new Command('secret').description('Secrets for the configuration');
  secret
    .command('generate')
    .description('print a new value for APP_SECRET')
    .action(() => void process.stdout.write(`${generateSecret()}\n`));
  return secret;
}
