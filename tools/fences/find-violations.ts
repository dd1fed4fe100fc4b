import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { findCircles } from './find-circles.js';
import { findRoom } from './find-room.js';
import { strayFolders } from './grid.js';
import { hostWord } from './host-words.js';
import { importOf } from './import-of.js';
import { describeRoom, mayImport } from './judge-import.js';
import { impureName } from './pure-globals.js';
import { fencedFolders } from './rooms.js';
import { visitSyntax } from './syntax.js';
import { otherNounOf } from './use-case-call.js';

export interface FenceReport {
  /** Number of files that were read. */
  readonly files: number;
  /** One line each: the file, the line, the violation, and the rule that it breaks. */
  readonly violations: readonly string[];
}

/** Checks every source file of a project's rooms against the fences, and the folders of its tests against the grid. */
export function findViolations(root: string): FenceReport {
  const files = fencedFolders.flatMap((folder) => sourcesUnder(root, folder));
  const imports = new Map<string, string[]>(files.map((file) => [file, []]));
  const violations = files.flatMap((file) => violationsIn(file, readFileSync(join(root, file), 'utf8'), imports));
  const circles = findCircles(imports).map((circle) => `${circle[0]}: imports itself by ${circle.slice(1).join(', ')}`);
  return { files: files.length, violations: [...violations, ...circles, ...strayFolders([...files, ...sourcesUnder(root, 'test')])] };
}

/** Adds to `imports` the imports of the file that are also keys. */
function violationsIn(file: string, source: string, imports: ReadonlyMap<string, string[]>): string[] {
  const room = findRoom(file);
  if (room === null) return [`${file}: belongs to no room of the house`];
  const found: string[] = [];
  visitSyntax(source, (node, parent) => {
    const at = `${file}:${node.loc?.start.line}`;
    const specifier = importOf(node);
    const imported = specifier?.startsWith('.') ? posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts') : '';
    if (imports.has(imported)) imports.get(file)?.push(imported);
    if (specifier !== null && !mayImport(room, file, specifier)) {
      found.push(`${at}: imports '${specifier}', but ${describeRoom(room)}`);
    }
    const noun = specifier === null ? null : otherNounOf(node, file, imported);
    if (noun !== null) found.push(`${at}: imports '${specifier}', but no use case calls one of ${noun}: make a step of it`);
    const word = room.isPure ? hostWord(node) : null;
    if (word !== null) found.push(`${at}: says ${word}, but ${room.folder} knows no host: put it into words there`);
    const name = room.isPure ? impureName(node, parent) : null;
    if (name !== null) found.push(`${at}: says ${name}, but ${room.folder} has no clock, no chance and no machine: declare a port`);
  });
  return found;
}

function sourcesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?tsx?$/.test(file))
    .map((file) => `${folder}/${file.replaceAll(sep, '/')}`)
    .sort();
}
