import { type CommandFacts, everyCommand } from './command-facts.js';
import { environmentFacts, exitFacts } from './general-facts.js';
import { describe, ownOptions, sentence } from './man-page.js';

/** Every command with its options and examples, in the form of `docs/cli.md`. */
export function markdownReference(program: CommandFacts): string {
  const commands = everyCommand(program).filter((facts) => facts.commands.length === 0);
  return [
    ...commands.flatMap(commandSection),
    '## Environment',
    '',
    ...environmentFacts.map(({ name, text }) => `- \`${name}\`: ${text}`),
    '',
    '## Exit codes',
    '',
    ...exitFacts.map(({ code, text }) => `- \`${code}\`: ${text}`),
    '',
  ].join('\n');
}

const commandSection = (facts: CommandFacts): readonly string[] => [
  `### ${facts.path.slice(1).join(' ')}`,
  '',
  sentence(facts.description),
  '',
  ...rows([
    ...facts.arguments.map(({ name, description }) => ({ term: `<${name}>`, text: description })),
    ...ownOptions(facts).map((option) => ({ term: option.flags, text: describe(option) })),
  ]),
  ...(facts.examples.length === 0 ? [] : ['```sh', ...facts.examples.flatMap(({ line, what }) => [`# ${what}`, line]), '```', '']),
];

const rows = (items: readonly { readonly term: string; readonly text: string }[]): readonly string[] =>
  items.length === 0
    ? []
    : ['| | |', '|---|---|', ...items.map(({ term, text }) => `| \`${term}\` | ${text.replaceAll('|', '\\|')} |`), ''];
