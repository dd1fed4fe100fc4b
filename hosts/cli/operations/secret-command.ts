import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';

export function secretCommand({ generateSecret, terminal }: CliTools): CliCommand {
  const secret = new CliCommand('secret').description('generate secrets for the configuration');
  const generate = secret.command('generate') as CliCommand; // what `createCommand` makes
  generate
    .description('print a new value for APP_SECRET: 32 random bytes')
    .withJson()
    .example('secret generate', 'prints a secret')
    .example('secret generate > app-secret.txt', 'writes a secret to a file, for APP_SECRET_FILE')
    .action(({ json }: { readonly json?: true }) => {
      const value = generateSecret();
      if (json) terminal.printJson({ secret: value });
      else terminal.print(value);
    });
  return secret;
}
