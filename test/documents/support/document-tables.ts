import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-root.js';

/** The text of a document between a heading and the next one of the same level. */
export function sectionOf(document: string, heading: string): string {
  const text = readDocument(document);
  const [, section] = text.split(`\n${heading}\n`);
  if (section === undefined) throw new Error(`${document} has no heading "${heading}"`);
  const level = /^#+/.exec(heading)?.[0] ?? '';
  return section.split(`\n${level} `)[0] ?? '';
}

/** The rows of all tables in a text, cell by cell, without heads and rules. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const isRule = (line = '') => /^\|[-|]+\|$/.test(line);
  return lines.flatMap((line, index) => (line.startsWith('| ') && !isRule(lines[index + 1]) ? [cellsOf(line)] : []));
}

/** What a text has in backticks. */
export const codeIn = (text: string): readonly string[] => Array.from(text.matchAll(/`([^`]+)`/g), ([, code = '']) => code);

export const readDocument = (document: string): string => readFileSync(join(projectRoot(), document), 'utf8');

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
