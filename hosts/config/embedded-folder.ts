import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Warns where accounts other than its owner's may enter the folder of an embedded database. The folder is made with mode 0700; one that was
 * there before keeps its mode.
 */
export async function warnOfOpenFolder(
  databaseFile: string,
  warn: (message: string) => void = (text) => process.emitWarning(text),
): Promise<void> {
  if (process.platform === 'win32') return; // folders have no such mode there
  const folder = dirname(databaseFile);
  // where it cannot be looked at, opening the database says why
  const mode = await stat(folder).then(
    (found) => found.mode & 0o777,
    () => 0,
  );
  if ((mode & 0o077) !== 0) warn(`${folder} has mode 0${mode.toString(8)}: others may look into the folder of the database; chmod 700 it`);
}
