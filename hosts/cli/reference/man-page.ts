import { type CommandFacts, everyCommand, type OptionFacts } from './command-facts.js';
import { environmentFacts, exitFacts } from './general-facts.js';

/** The manual page of the program in section 1, for `man` (groff_man(7)). */
export function manPage(program: CommandFacts): string {
  const [name = ''] = program.path;
  const commands = everyCommand(program).filter((facts) => facts.commands.length === 0);
  return [
    `.TH ${name.toUpperCase()} 1`,
    '.SH NAME',
    `${escaped(name)} \\- ${escaped(program.description)}`,
    '.SH SYNOPSIS',
    ...commands.map((facts) => `.B ${escaped(facts.path.join(' '))}\n${escaped(facts.usage)}\n.br`),
    '.SH COMMANDS',
    ...commands.flatMap(commandSection),
    '.SH ENVIRONMENT',
    ...environmentFacts.flatMap(({ name: variable, text }) => ['.TP', `.B ${escaped(variable)}`, escaped(text)]),
    '.SH EXIT STATUS',
    ...exitFacts.flatMap(({ code, text }) => ['.TP', `.B ${code}`, escaped(text)]),
    '',
  ].join('\n');
}

const commandSection = (facts: CommandFacts): readonly string[] => [
  `.SS ${escaped(facts.path.slice(1).join(' '))}`,
  `${escaped(sentence(facts.description))}`,
  ...facts.arguments.flatMap(({ name, description }) => ['.TP', `.I ${escaped(name)}`, escaped(sentence(description))]),
  ...ownOptions(facts).flatMap((option) => ['.TP', `.B ${escaped(option.flags)}`, escaped(sentence(describe(option)))]),
  ...facts.examples.flatMap(({ line, what }) => ['.PP', `This ${escaped(what)}:`, '.PP', '.RS', '.nf', escaped(line), '.fi', '.RE']),
];

/** Without the help option, which every command has. */
export const ownOptions = ({ options }: CommandFacts): readonly OptionFacts[] => options.filter(({ long }) => long !== '--help');

export function describe({ description, choices, byDefault }: OptionFacts): string {
  const one = choices.length === 0 ? '' : ` (one of ${choices.join(', ')})`;
  return `${description}${one}${byDefault === null ? '' : ` (default: ${byDefault})`}`;
}

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Escapes the characters that roff interprets. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
