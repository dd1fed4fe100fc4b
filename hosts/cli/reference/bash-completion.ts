import { type CommandFacts, everyCommand, type OptionFacts } from './command-facts.js';

/** A completion script for bash 4 and later. All words are this product's own: none of them needs quoting. */
export function bashCompletion(program: CommandFacts): string {
  const [name = ''] = program.path;
  const cases = everyCommand(program).map(
    (facts) => `    '${facts.path.slice(1).join(' ')}') words='${wordsAfter(facts).join(' ')}'; valued='${valued(facts).join(' ')}' ;;`,
  );
  const choices = everyCommand(program).flatMap((facts) =>
    facts.options
      .filter((option) => option.choices.length > 0)
      .map((option) => `    '${facts.path.slice(1).join(' ')} ${option.long}') words='${option.choices.join(' ')}' ;;`),
  );
  return `# bash completion for ${name}
_move_acces_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_move_acces() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' valued='' index word
  COMPREPLY=()
  _move_acces_words ''
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case " $valued " in *" $word "*) ((index++)); continue ;; esac
    case "$word" in -*) continue ;; esac
    if _move_acces_words "\${path:+$path }$word"; then path=\${path:+$path }$word; fi
  done
  case "$path $previous" in
${choices.join('\n')}
    *) case " $valued " in *" $previous "*) return ;; esac ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -F _move_acces ${name}
`;
}

/** The possible next words: commands, the values of an argument, options. */
export const wordsAfter = (facts: CommandFacts): readonly string[] => [
  ...facts.commands.map(({ path }) => path.at(-1) ?? ''),
  ...facts.arguments.flatMap(({ choices }) => choices),
  ...facts.options.map(({ long }) => long),
];

const valued = (facts: CommandFacts): readonly string[] => facts.options.filter(hasValue).map(({ long }) => long);

const hasValue = ({ takesValue }: OptionFacts): boolean => takesValue;
