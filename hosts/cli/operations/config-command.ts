import type { CliTools, ShownVariable } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { type Column, table } from '../output/table.js';

export function configCommand({ showConfig, terminal }: CliTools): CliCommand {
  const config = new CliCommand('config').description('show the configuration');
  const show = config.command('show') as CliCommand; // what `createCommand` makes
  show
    .description('show every variable with its effective value and its source; secrets are masked')
    .withJson()
    .example('config show', 'shows the configuration with which a server would start')
    .example('config show --json', 'shows the same as one JSON object by name')
    .action(async ({ json }: { readonly json?: true }) => {
      const variables = await showConfig();
      if (json) terminal.printJson(Object.fromEntries(variables.map(({ variable, value, origin }) => [variable, { value, origin }])));
      else terminal.print(...(await table(variables, columns, terminal.paint)));
    });
  return config;
}

const columns: readonly Column<ShownVariable>[] = [
  { heading: 'VARIABLE', text: ({ variable }) => variable },
  { heading: 'FROM', text: ({ origin }) => origin, style: ({ origin }) => (origin === 'default' ? 'faint' : 'strong') },
  { heading: 'VALUE', text: ({ value }) => value },
];
