import { randomBytes } from 'node:crypto';
import { type BigIntStats, chmodSync, linkSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { movedFileError } from '../sql/driver-errors.js';

/**
 * Has `open` open the file of an embedded database. Unless they exist, the file is made before, with mode 0600, and its folder, with 0700.
 *
 * Nothing in this process may open that file but SQLite. POSIX locks belong to the process, and the first close of any descriptor of a
 * file ends all that it holds there: another process then takes the database for unused, and deletes the journal that this one writes
 * to. So the file is made under another name, and gets its own by a link, which never replaces one that exists.
 */
export function openDatabaseFile<Opened>(file: string, open: (file: string) => Opened): Opened {
  makeFile(file);
  const isMadeBySqlite = statusOf(file) === undefined;
  const opened = open(file);
  if (isMadeBySqlite) chmodSync(file, 0o600); // before there is a journal, which takes over the mode
  return opened;
}

/** Not behind a symbolic link to a file that does not exist, nor on a file system without links. */
function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (statusOf(file) !== undefined) return;
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch {
    // Made meanwhile by another process, or not to be made here.
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The files of an open database in WAL mode, as they were when it was opened: what is written to others is lost with this process. */
export class DatabaseFiles {
  readonly #opened: ReadonlyMap<string, BigIntStats | undefined>;

  /** SQLite follows a symbolic link, and puts the journal beside the file that it leads to. */
  constructor(file: string) {
    this.#opened = new Map([file, `${realpathSync(file)}-wal`].map((path) => [path, statusOf(path)]));
  }

  /** @throws AuthError `dependency_unavailable` once one of them was deleted or replaced */
  assertInPlace(): void {
    for (const [path, opened] of this.#opened) {
      const present = statusOf(path);
      if (present?.ino !== opened?.ino || present?.dev !== opened?.dev) throw movedFileError();
    }
  }
}

/** By the path alone. */
const statusOf = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });
