import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Room } from './rooms.js';

/** Returns whether a file of the room may import this, in any form of import (a type import counts as well). */
export function mayImport(room: Room, file: string, specifier: string): boolean {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    return [room.folder, ...room.rooms].some((folder) => target.startsWith(`${folder}/`));
  }
  if (isBuiltin(specifier)) return room.mayImportNode;
  return room.packages.some((allowed) =>
    allowed.endsWith('/*') ? specifier.startsWith(allowed.slice(0, -1)) : packageOf(specifier) === allowed,
  );
}

/** Describes the room's row, for the message of a violation. */
export function describeRoom(room: Room): string {
  const allowed = [...room.rooms, ...room.packages, ...(room.mayImportNode ? ['node:'] : [])];
  return `${room.folder} may import ${allowed.length === 0 ? 'itself alone' : allowed.join(', ')}`;
}

/** `@tsoa/runtime/dist/x.js` belongs to `@tsoa/runtime`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
