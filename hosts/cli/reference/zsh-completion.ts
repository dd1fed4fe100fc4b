import { type CommandFacts, everyCommand, type OptionFacts } from './command-facts.js';

/** A completion script for zsh. The user stores it in a folder of `fpath` as `_move-acces`. */
export function zshCompletion(program: CommandFacts): string {
  const [name = ''] = program.path;
  return `#compdef ${name}
${everyCommand(program).map(commandFunction).join('\n')}
${functionName(program)} "$@"
`;
}

function commandFunction(facts: CommandFacts): string {
  const options = facts.options.map((option) => `    ${quoted(optionSpec(option))} \\`);
  if (facts.commands.length === 0) {
    const positions = facts.arguments.map(({ name, choices }, index) => {
      const action = choices.length === 0 ? ' ' : `(${choices.join(' ')})`;
      return `    ${quoted(`${index + 1}:${name}:${action}`)} \\`;
    });
    return `${functionName(facts)}() {\n  _arguments -s \\\n${[...options, ...positions].join('\n')}\n    && return\n}`;
  }
  const children = facts.commands.map((child) => `    ${quoted(`${child.path.at(-1)}:${escapedColons(child.description)}`)}`);
  const cases = facts.commands.map((child) => `    ${child.path.at(-1)}) ${functionName(child)} ;;`);
  return `${functionName(facts)}() {
  local -a commands
  commands=(
${children.join('\n')}
  )
  local context line state state_descr
  local -A opt_args
  _arguments -C \\
${options.join('\n')}
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
${cases.map((line) => `    ${line}`).join('\n')}
      esac ;;
  esac
}`;
}

const functionName = ({ path }: CommandFacts): string => `_${path.join('_').replaceAll('-', '_')}`;

function optionSpec({ long, description, takesValue, choices }: OptionFacts): string {
  const value = takesValue ? `:value:${choices.length === 0 ? ' ' : `(${choices.join(' ')})`}` : '';
  return `${long}[${description.replace(/[[\]\\]/g, '\\$&')}]${value}`;
}

const escapedColons = (text: string): string => text.replaceAll(':', '\\:');

/** In single quotes, as sh expects them. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
