import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-root.js';

/** A block of a document between two fences. */
export interface FencedBlock {
  /** Path from the project's root, and the line of the opening fence: `README.md:15`. */
  readonly at: string;
  /** What follows the opening fence; empty where nothing does. */
  readonly language: string;
  readonly text: string;
}

/** Every document that people read, as a path from the project's root. */
export function documents(): readonly string[] {
  const [top, guides] = ['', 'docs'].map((folder) =>
    readdirSync(join(projectRoot(), folder), { recursive: folder !== '', encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const examples = readdirSync(join(projectRoot(), 'examples'), { recursive: true, encoding: 'utf8' }).map((file) =>
    join('examples', file),
  );
  return [...(top ?? []), ...(guides ?? []), ...examples].filter((file) => file.endsWith('.md')).sort();
}

/** The blocks of one document, in order. */
export function fencedBlocks(document: string): readonly FencedBlock[] {
  const text = readFileSync(join(projectRoot(), document), 'utf8');
  return Array.from(text.matchAll(/^```([^\n]*)\n(.*?)^```$/gms), (match) => ({
    at: `${document}:${text.slice(0, match.index).split('\n').length}`,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }));
}
