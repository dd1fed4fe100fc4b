import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { findRoom } from './find-room.js';
import { importOf } from './import-of.js';
import { describeRoom, mayImport } from './judge-import.js';
import { impureName } from './pure-globals.js';
import { fencedFolders } from './rooms.js';
import { visitSyntax } from './syntax.js';

export interface FenceReport {
  /** How many files were read. */
  readonly files: number;
  /** One line each: the file, the line, what it does, and the rule that forbids it. */
  readonly violations: readonly string[];
}

/** Holds every source file of a project's rooms against the fences. */
export function findViolations(root: string): FenceReport {
  const files = fencedFolders.flatMap((folder) => sourcesUnder(root, folder));
  const violations = files.flatMap((file) => violationsIn(file, readFileSync(join(root, file), 'utf8')));
  return { files: files.length, violations };
}

function violationsIn(file: string, source: string): string[] {
  const room = findRoom(file);
  if (room === null) return [`${file}: belongs to no room of the house`];
  const found: string[] = [];
  visitSyntax(source, (node, parent) => {
    const at = `${file}:${node.loc?.start.line}`;
    const specifier = importOf(node);
    if (specifier !== null && !mayImport(room, file, specifier)) {
      found.push(`${at}: imports '${specifier}', but ${describeRoom(room)}`);
    }
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
