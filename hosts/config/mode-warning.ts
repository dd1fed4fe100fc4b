import { openMode } from './open-mode.js';

export interface GuardedFile {
  readonly file: string;
  /** How the warning calls the file. */
  readonly name: string;
  /** What others could read in it. */
  readonly holds: string;
}

/** Read or written by every account of the machine. A group is often given access on purpose. */
const openToOthers = 0o006;

/** A warning on a file that every account of the machine may read or write, null otherwise. */
export function modeWarning({ file, name, holds }: GuardedFile): string | null {
  const mode = openMode(file, openToOthers);
  return mode === null ? null : `${name} has mode ${mode}: others may read ${holds}; chmod 600 it`;
}
