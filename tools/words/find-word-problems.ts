import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { findRetiredWords, type WordRules } from './find-retired-words.js';

export interface WordReport {
  /** Number of files that were read. */
  readonly files: number;
  /** One line for each retired word, and for each exception that allows none. */
  readonly problems: readonly string[];
}

const checked = /\.(?:md|sql|ya?ml|example|[cm]?ts|[cm]?js)$/;

/** Checks the files and folders at `paths`, which are relative to `root`. A path that does not exist is skipped. */
export function findWordProblems(root: string, paths: readonly string[], rules: WordRules): WordReport {
  const files = paths.flatMap((path) => filesAt(root, path));
  const findings = files.flatMap((file) => findRetiredWords(file, readFileSync(join(root, file), 'utf8'), rules));
  const used = new Set(findings.map(({ exception }) => exception));
  const unused = rules.exceptions.filter((exception) => !used.has(exception));
  return {
    files: files.length,
    problems: [
      ...findings.filter(({ exception }) => exception === null).map(({ message }) => message),
      ...unused.map(({ file, text }) => `${file}: the exception for "${text}" allows no word`),
    ],
  };
}

function filesAt(root: string, path: string): readonly string[] {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .map((file) => `${path}/${file.replaceAll(sep, '/')}`)
    .filter((file) => checked.test(file))
    .sort();
}
