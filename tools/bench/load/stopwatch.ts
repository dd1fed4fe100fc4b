import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Process ids by their names in the reports. */
export type Watched = Readonly<Record<string, number>>;

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Wall time and the processor time of processes, since its creation. Linux only: it reads `/proc`. */
export class Stopwatch {
  readonly #watched: Watched;
  readonly #startedAt = performance.now();
  readonly #before: Readonly<Record<string, number>>;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#before = cpuOf(watched);
  }

  read(): { readonly seconds: number; readonly cpuSeconds: Readonly<Record<string, number>> } {
    const spent = Object.entries(cpuOf(this.#watched)).map(([name, seconds]) => [name, seconds - (this.#before[name] ?? 0)] as const);
    return { seconds: (performance.now() - this.#startedAt) / 1000, cpuSeconds: Object.fromEntries(spent) };
  }
}

function cpuOf(watched: Watched): Record<string, number> {
  const sum = (pid: number) => withChildren(pid).reduce((seconds, each) => seconds + cpuSeconds(each), 0);
  return Object.fromEntries(Object.entries(watched).map(([name, pid]) => [name, sum(pid)]));
}

/** A process and its child processes: workers. */
function withChildren(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean));
  return [pid, ...children.flatMap((child) => withChildren(Number(child)))];
}

/**
 * User and system time of all threads: fields 14 and 15 of proc_pid_stat(5), counted from after the name, which may contain any character.
 */
function cpuSeconds(pid: number): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
