import { globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Need, SpecNeeds } from './spec-needs.js';

export interface SpecQuery {
  /** Folder of the project. */
  readonly root: string;
  /** Spec files or folders of them, as sources or compiled; all specs where there are none. */
  readonly paths: readonly string[];
  /** `unit`: specs that start no server; `database`: those that each kind of database server has to pass; `long`: those that have a long form; `load`: those under `test/load`. */
  readonly part: Part;
}

export const parts = ['all', 'unit', 'database', 'long', 'load'] as const;
export type Part = (typeof parts)[number];

const servers: readonly Need[] = ['database', 'redis', 'browser', 'promtool', 'product'];

/**
 * Returns compiled spec files, the slowest first, so that no job of a parallel run is left with a slow one at the end.
 * @throws Error for a path without a spec
 */
export function findSpecs({ root, paths, part }: SpecQuery): string[] {
  const dist = join(root, 'dist');
  const all = globSync('test/**/*.spec.js', { cwd: dist }).map((file) => join(dist, file));
  const needs = new SpecNeeds({ root: dist });
  const needsOf = new Map(all.map((file) => [file, needs.needsOf(file)]));
  const specs = all
    .filter((file) => relative(dist, file).startsWith(join('test', 'load')) === (part === 'load'))
    .filter((file) => isPartOf(part, needsOf.get(file)));
  return selected(specs, { root, paths }).sort(
    (one, other) => weight(needsOf.get(other)) - weight(needsOf.get(one)) || (one < other ? -1 : 1),
  );
}

function isPartOf(part: Part, needs: ReadonlySet<Need> = new Set()): boolean {
  switch (part) {
    case 'unit':
      return !servers.some((need) => needs.has(need));
    case 'database':
      return needs.has('database') && !needs.has('any_database');
    case 'long':
      return needs.has('size');
    default:
      return true;
  }
}

/** Processes and servers take most of the time. */
const weight = (needs: ReadonlySet<Need> = new Set()): number =>
  Number(needs.has('size')) + Number(needs.has('product')) + Number(needs.has('database'));

function selected(specs: readonly string[], { root, paths }: Pick<SpecQuery, 'root' | 'paths'>): string[] {
  if (paths.length === 0) return [...specs];
  return [...new Set(paths.flatMap((path) => under(specs, root, path)))];
}

function under(specs: readonly string[], root: string, path: string): string[] {
  const named = relative(root, resolve(root, path))
    .replace(/^dist\//, '')
    .replace(/\.ts$/, '.js');
  const target = join(root, 'dist', named);
  const found = specs.filter((file) => file === target || file.startsWith(`${target}/`));
  if (found.length === 0) throw new Error(`${path}: there is no spec of this part of the tests`);
  return found;
}
