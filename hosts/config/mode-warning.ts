import { openMode } from './open-mode.js';

export interface GuardedFile {
  readonly file: string;
  /** The name of the file in the warning. */
  readonly name: string;
  /** The content that other accounts could read. */
  readonly holds: string;
}

/** Readable or writable for every account of the machine. A group often has access on purpose. */
const openToOthers = 0o006;

/** Returns a warning on a file that every account of the machine may read or write, null otherwise. */
export function modeWarning({ file, name, holds }: GuardedFile): string | null {
  const mode = openMode(file, openToOthers);
  return mode === null ? null : `${name} has mode ${mode}: others may read ${holds}; chmod 600 it`;
}
