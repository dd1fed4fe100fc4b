import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Returns the folder with package.json, both when run from the sources and from `dist`. */
export function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
