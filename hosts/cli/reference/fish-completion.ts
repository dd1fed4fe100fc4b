import { type CommandFacts, everyCommand, type OptionFacts } from './command-facts.js';

/** A completion script for fish. */
export function fishCompletion(program: CommandFacts): string {
  const [name = ''] = program.path;
  const lines = everyCommand(program).flatMap((facts) => {
    const words = facts.path.slice(1);
    const condition = `-n '${conditionOf(words, facts)}'`;
    const follow = `complete -c ${name} ${condition}`;
    return [
      ...facts.commands.map((child) => `${follow} -f -a ${child.path.at(-1)} -d ${quoted(child.description)}`),
      ...facts.arguments
        .filter(({ choices }) => choices.length > 0)
        .map(({ choices, description }) => `${follow} -f -a ${quoted(choices.join(' '))} -d ${quoted(description)}`),
      ...facts.options.map((option) => `${follow} ${optionWords(option)}`),
    ];
  });
  return [`# fish completion for ${name}`, `complete -c ${name} -f`, ...lines, ''].join('\n');
}

/** True where the user typed these words, and no subcommand after them. */
function conditionOf(words: readonly string[], { commands }: CommandFacts): string {
  const below = commands.map(({ path }) => path.at(-1)).join(' ');
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
  const unseen = below === '' ? [] : [`not __fish_seen_subcommand_from ${below}`];
  return [...seen, ...unseen].join('; and ');
}

function optionWords({ long, description, takesValue, choices }: OptionFacts): string {
  const value = takesValue ? ` -x${choices.length === 0 ? '' : ` -a ${quoted(choices.join(' '))}`}` : '';
  return `-l ${long.replace(/^--/, '')}${value} -d ${quoted(description)}`;
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
