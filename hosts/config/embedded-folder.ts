import { dirname } from 'node:path';
import { openMode } from './open-mode.js';

/**
 * Warns where accounts other than the owner may enter the folder of an embedded database. The folder is created with mode 0700; an existing
 * folder keeps its mode.
 */
export function warnOfOpenFolder(databaseFile: string, warn: (message: string) => void = (text) => process.emitWarning(text)): void {
  const folder = dirname(databaseFile);
  const mode = openMode(folder, 0o077);
  if (mode !== null) warn(`${folder} has mode ${mode}: others may look into the folder of the database; chmod 700 it`);
}
