import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Guardian, startGuardian } from './guardian.js';

const startTimeoutMs = 60_000;
const stopTimeoutMs = 20_000;
const probeIntervalMs = 25;

export interface ServerProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The server's own folder, deleted with it. */
  readonly folder: string;
  /** Rejects while the server does not respond. */
  readonly probe: () => Promise<unknown>;
}

export type ServerState = 'running' | 'frozen' | 'stopped';

/** One server as an operating-system process, which can be stopped, killed, frozen and started again any number of times. */
export class ServerProcess implements AsyncDisposable {
  readonly #options: ServerProcessOptions;
  readonly #guardian: Guardian;
  readonly #logFile: string;
  #child: ChildProcess | null = null;
  #isFrozen = false;

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    this.#guardian = startGuardian(options.folder);
    this.#logFile = join(options.folder, 'server.log');
  }

  get state(): ServerState {
    if (!this.#isAlive()) return 'stopped';
    return this.#isFrozen ? 'frozen' : 'running';
  }

  /** The process id; throws while the server is stopped. */
  get pid(): number {
    return this.#running().pid;
  }

  /** Starts the server and resolves when it responds; rejects, with the end of its log, if it does not within 60 s. */
  async start(): Promise<void> {
    if (this.#isAlive()) throw new Error(`${this.#options.command} already runs`);
    const log = openSync(this.#logFile, 'a');
    const child = spawn(this.#options.command, this.#options.args, { detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    await once(child, 'spawn');
    this.#child = child;
    this.#isFrozen = false;
    this.#guardian.watch(child.pid ?? null);
    await this.#untilItAnswers();
  }

  /** SIGTERM; resolves when the process has ended. After 20 s the process is killed. */
  async stop(): Promise<void> {
    this.thaw();
    await this.#end('SIGTERM');
  }

  /** SIGKILL; resolves when the process has ended. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGSTOP: connections stay open, the kernel still accepts new ones, and the server sends nothing after this returns. */
  freeze(): void {
    const { child, pid } = this.#running();
    child.kill('SIGSTOP');
    this.#isFrozen = true;
    waitUntilStopped(pid);
  }

  /** SIGCONT; does nothing to a server that is not frozen. */
  thaw(): void {
    if (this.state === 'frozen') this.#running().child.kill('SIGCONT');
    this.#isFrozen = false;
  }

  /** Kills the server and deletes its folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#options.folder, { recursive: true, force: true });
    this.#guardian.release();
  }

  async #untilItAnswers(): Promise<void> {
    const deadline = performance.now() + startTimeoutMs;
    for (;;) {
      try {
        return void (await this.#options.probe());
      } catch (cause) {
        if (!this.#isAlive()) throw new Error(`${this.#options.command} ended at once:\n${this.#lastLog()}`, { cause });
        if (performance.now() > deadline) {
          await this.kill();
          throw new Error(`${this.#options.command} does not answer:\n${this.#lastLog()}`, { cause });
        }
        await delay(probeIntervalMs);
      }
    }
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child === null || !this.#isAlive()) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
    await ended;
    clearTimeout(timer);
    this.#child = null;
    this.#guardian.watch(null);
  }

  #isAlive(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #running(): { child: ChildProcess; pid: number } {
    const child = this.#child;
    if (child?.pid === undefined || !this.#isAlive()) throw new Error(`${this.#options.command} is down`);
    return { child, pid: child.pid };
  }

  #lastLog(): string {
    return readFileSync(this.#logFile, 'utf8').slice(-3000);
  }
}

/** A signal reaches the threads one by one: on a busy machine one of them may still respond after `kill` has returned. */
function waitUntilStopped(pid: number): void {
  const deadline = performance.now() + stopTimeoutMs;
  while (!threadStates(pid).every((state) => state === 'T')) {
    if (performance.now() > deadline) throw new Error(`process ${pid} does not stop`);
    Atomics.wait(pause, 0, 0, 1);
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Returns one letter per thread, as in proc(5); none where the system has no `/proc`. */
function threadStates(pid: number): string[] {
  const folder = `/proc/${pid}/task`;
  return existsSync(folder) ? readdirSync(folder).flatMap((thread) => stateOf(`${folder}/${thread}/stat`)) : [];
}

/** Returns none for a thread that has just ended. */
function stateOf(file: string): string[] {
  try {
    return [stateIn(readFileSync(file, 'utf8'))];
  } catch {
    return [];
  }
}

/** The state follows the name, which is in parentheses and may contain any character. */
function stateIn(stat: string): string {
  return stat.charAt(stat.lastIndexOf(')') + 2);
}
