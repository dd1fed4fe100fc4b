import { Argument } from 'commander';
import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import { bashCompletion } from './bash-completion.js';
import type { CommandFacts } from './command-facts.js';
import { fishCompletion } from './fish-completion.js';
import { zshCompletion } from './zsh-completion.js';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

type Shell = keyof typeof scripts;

/** `facts` returns the facts of the whole program, this command included. */
export const completionCommand = ({ terminal }: CliTools, facts: () => CommandFacts): CliCommand =>
  new CliCommand('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .withJson()
    .example('completion bash > /etc/bash_completion.d/move-acces', 'installs it for bash')
    .example('completion zsh > "$' + '{fpath[1]}/_move-acces"', 'installs it for zsh')
    .example('completion fish > ~/.config/fish/completions/move-acces.fish', 'installs it for fish')
    .action((shell: Shell, { json }: { readonly json?: true }) => {
      const script = scripts[shell](facts());
      if (json) terminal.printJson({ shell, script });
      else terminal.print(script.trimEnd());
    }) as CliCommand; // a cast: `action` returns the command that it was called on
