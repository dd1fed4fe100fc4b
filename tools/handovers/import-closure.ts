import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { findRoom } from '../fences/find-room.js';
import { importOf } from '../fences/import-of.js';
import { visitSyntax } from '../fences/syntax.js';

export interface RoomShare {
  readonly files: number;
  readonly lines: number;
}

/**
 * The files that can be reached from these by imports, types alone included, by room; a room is a folder of the fences. The imports of
 * `lists` are not followed.
 */
export function importClosure(root: string, roots: readonly string[], lists: ReadonlySet<string>): ReadonlyMap<string, RoomShare> {
  const seen = new Set<string>();
  const shares = new Map<string, RoomShare>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(join(root, file), 'utf8');
    const room = findRoom(file)?.folder ?? '';
    const { files = 0, lines = 0 } = shares.get(room) ?? {};
    shares.set(room, { files: files + 1, lines: lines + source.split('\n').length - 1 });
    if (lists.has(file)) return;
    visitSyntax(source, (node) => {
      const specifier = importOf(node);
      if (specifier?.startsWith('.')) visit(posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts'));
    });
  };
  for (const file of roots) visit(file);
  return shares;
}
