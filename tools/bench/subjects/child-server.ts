import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface ChildServerOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Gets both outputs: reading a pipe would cost the load generator processor time. */
  readonly logFile: string;
  /** Returns a status below 500 once the server is ready. */
  readonly readyUrl: string;
}

export interface ChildServer extends AsyncDisposable {
  readonly pid: number;
}

const startTimeoutMs = 30_000;

/** Starts a server and waits until it is ready. Otherwise rejects with the end of its log. */
export async function startChildServer({ command, args, env, cwd, logFile, readyUrl }: ChildServerOptions): Promise<ChildServer> {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { cwd, env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  await once(child, 'spawn');
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (!isAlive()) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  const deadline = performance.now() + startTimeoutMs;
  while (!(await isReady(readyUrl))) {
    if (isAlive() && performance.now() < deadline) {
      await delay(50);
      continue;
    }
    await stop();
    throw new Error(`${command} does not answer:\n${readFileSync(logFile, 'utf8').slice(-3000)}`);
  }
  return { pid: child.pid ?? 0, [Symbol.asyncDispose]: stop };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ status }) => status < 500,
    () => false,
  );
