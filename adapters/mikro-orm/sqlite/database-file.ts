import { randomBytes } from 'node:crypto';
import { type BigIntStats, chmodSync, linkSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { movedFileError } from '../sql/driver-errors.js';

/**
 * Calls `open` for the file of an embedded database. A missing file is created before, with mode 0600, and a missing folder with 0700.
 *
 * In this process only SQLite may open that file. POSIX locks belong to the process, and closing any descriptor of a file releases all
 * locks of the process on it: another process then treats the database as unused, and deletes the journal that this process writes to. So
 * the file is created under another name, and gets its own by a link, which never replaces an existing file.
 */
export function openDatabaseFile<Opened>(file: string, open: (file: string) => Opened): Opened {
  makeFile(file);
  const isMadeBySqlite = statusOf(file) === undefined;
  const opened = open(file);
  if (isMadeBySqlite) chmodSync(file, 0o600); // before there is a journal, which inherits the mode
  return opened;
}

/** Does not work for a symbolic link to a file that does not exist, nor on a file system without links. */
function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (statusOf(file) !== undefined) return;
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch {
    // Another process created it meanwhile, or it cannot be created here.
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The files of an open database in WAL mode, as they were when it was opened: data written to other files is lost with this process. */
export class DatabaseFiles {
  readonly #opened: ReadonlyMap<string, BigIntStats | undefined>;

  /** SQLite follows a symbolic link, and puts the journal beside the target. */
  constructor(file: string) {
    this.#opened = new Map([file, `${realpathSync(file)}-wal`].map((path) => [path, statusOf(path)]));
  }

  /** @throws AuthError `dependency_unavailable` when one of them was deleted or replaced */
  assertInPlace(): void {
    for (const [path, opened] of this.#opened) {
      const present = statusOf(path);
      if (present?.ino !== opened?.ino || present?.dev !== opened?.dev) throw movedFileError();
    }
  }
}

/** By the path only. */
const statusOf = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });
