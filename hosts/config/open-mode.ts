import { statSync } from 'node:fs';

/**
 * Returns the mode of a file or folder, as `0644`, where it grants one of the rights in `rights` (`0o077`: any right for accounts other
 * than the owner). Null where it grants none; on Windows, which has no such mode; and where it cannot be read, which the code that opens it
 * reports.
 */
export function openMode(path: string, rights: number): string | null {
  if (process.platform === 'win32') return null;
  const mode = modeOf(path);
  return (mode & rights) === 0 ? null : `0${mode.toString(8)}`;
}

function modeOf(path: string): number {
  try {
    return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
  } catch {
    return 0;
  }
}
