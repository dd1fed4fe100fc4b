import type { CliTools } from '../cli-actions.js';
import { CliCommand } from '../cli-command.js';
import type { CommandFacts } from './command-facts.js';
import { manPage } from './man-page.js';
import { markdownReference } from './markdown-reference.js';

interface ManualOptions {
  readonly markdown?: true;
  readonly json?: true;
}

/** `facts` returns the facts of the whole program, this command included. */
export const manualCommand = ({ terminal }: CliTools, facts: () => CommandFacts): CliCommand =>
  new CliCommand('manual')
    .description('print the manual page')
    .option('--markdown', 'as Markdown, which docs/cli.md has')
    .withJson()
    .example('manual | man -l -', 'shows it')
    .example('manual > /usr/local/share/man/man1/move-acces.1', 'installs it')
    .action(({ markdown, json }: ManualOptions) => {
      const text = markdown ? markdownReference(facts()) : manPage(facts());
      if (json) terminal.printJson({ format: markdown ? 'markdown' : 'man', text });
      else terminal.print(text.trimEnd());
    }) as CliCommand; // a cast: `action` returns the command that it was called on
