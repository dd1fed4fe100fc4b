import { type Room, rooms } from './rooms.js';

/** Returns the room of a file (its path from the project's root, with `/`), with `*` filled in; `null` for a file without a room. */
export function findRoom(file: string): Room | null {
  for (const room of rooms) {
    const folder = room.folder.endsWith('/*') ? folderLike(room.folder, file) : room.folder;
    if (folder !== null && file.startsWith(`${folder}/`)) return { ...room, folder };
  }
  return null;
}

/** `adapters/*` and `adapters/memory/clock.ts` give `adapters/memory`; a file right under `adapters` gives `null`. */
function folderLike(pattern: string, file: string): string | null {
  const depth = pattern.split('/').length;
  const parts = file.split('/');
  if (parts.length <= depth) return null;
  const folder = parts.slice(0, depth).join('/');
  return folder.startsWith(pattern.slice(0, -1)) ? folder : null;
}
