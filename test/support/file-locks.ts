import { existsSync, readFileSync, statSync } from 'node:fs';

/** Whether this system lists the locks on files. */
export const listsLocks = existsSync('/proc/locks');

/** Returns whether the process holds a lock on the file, according to proc_locks(5). */
export function holdsLock(pid: number, file: string): boolean {
  const { ino } = statSync(file);
  const lines = readFileSync('/proc/locks', 'utf8').split('\n');
  return lines.some((line) => line.includes(` ${pid} `) && line.includes(`:${ino} `));
}
