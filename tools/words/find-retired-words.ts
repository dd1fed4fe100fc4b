import { proseOf } from './prose-of.js';
import type { RetiredWord, WordException } from './retired-words.js';

export interface WordRules {
  readonly words: readonly RetiredWord[];
  readonly exceptions: readonly WordException[];
}

export interface WordFinding {
  /** The file, the line, the word and what to write instead. */
  readonly message: string;
  /** The exception that allows the word; null if there is none. */
  readonly exception: WordException | null;
}

/** Finds every retired word in the prose of a file. `file` is its path from the project's root. */
export function findRetiredWords(file: string, text: string, { words, exceptions }: WordRules): readonly WordFinding[] {
  const allowed = exceptions.filter((exception) => exception.file === file);
  const lines = text.split('\n');
  return proseOf(file, text)
    .split('\n')
    .flatMap((prose, index) =>
      words.flatMap(({ pattern, write }) =>
        Array.from(prose.matchAll(new RegExp(pattern, 'gi')), ([word]) => ({
          message: `${file}:${index + 1}: "${word}": write ${write}`,
          exception: allowed.find((exception) => lines[index]?.includes(exception.text)) ?? null,
        })),
      ),
    );
}
