import { statSync } from 'node:fs';

/** Read or written by every account of the machine. A group is often given access on purpose. */
const OPEN_TO_OTHERS = 0o006;

/**
 * A warning on a file that every account of the machine may read or write; null where that is not so, where there is no such file, and on
 * Windows, whose files have no such mode. `name` is how the line calls the file, `holds` what others would learn.
 */
export function modeWarning({
  file,
  name,
  holds,
}: {
  readonly file: string;
  readonly name: string;
  readonly holds: string;
}): string | null {
  if (process.platform === 'win32') return null;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OPEN_TO_OTHERS) === 0) return null;
  return `${name} has mode 0${(mode & 0o777).toString(8)}: others may read ${holds}; chmod 600 it`;
}
