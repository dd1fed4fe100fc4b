import { parse } from '@babel/parser';

const source = /\.(?:[cm]?ts|[cm]?js)$/;

/** The text of a file in which everything that is not prose is blank, so that lines keep their numbers. */
export function proseOf(file: string, text: string): string {
  if (source.test(file)) return commentsOf(text);
  return file.endsWith('.md') ? withoutCode(text) : text;
}

/** Blanks code between backticks, and the targets of links. */
const withoutCode = (text: string): string => text.replace(/`[^`\n]+`|\]\([^)\n]*\)/g, blank);

function commentsOf(text: string): string {
  const { comments } = parse(text, { sourceType: 'module', plugins: ['typescript', 'decorators-legacy'] });
  let prose = '';
  for (const { start, end } of comments ?? []) {
    if (start == null || end == null) continue;
    prose += blank(text.slice(prose.length, start)) + withoutCode(text.slice(start, end));
  }
  return prose + blank(text.slice(prose.length));
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
