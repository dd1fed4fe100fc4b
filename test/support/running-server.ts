import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { bareEnvironment } from './bare-environment.js';
import { commandFile } from './command-file.js';
import { keepOutput } from './secrets/kept-output.js';
import { expectNoSecret, noteEnvironment } from './secrets/used-secrets.js';

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The arguments after `move-acces`. */
  readonly args?: readonly string[];
  /** Working folder; the default is a new one, which is deleted with the server. */
  readonly cwd?: string;
  /** The executable of another Node.js than that of the tests. */
  readonly node?: string;
}

/** The product as its users run it, in a separate process. Its disposal fails when a secret that was used is in its log or metrics. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly cwd: string;
  /** Its whole output so far. */
  output(): string;
  /** Sends a signal, and waits for the end and the last output. Returns the exit code, or the signal that ended the process. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/**
 * How long the last output of an ended process may take to arrive, in milliseconds. A later process may hold its output open for longer.
 */
const lastWordsMs = 5000;

/** Starts a server on a free port and waits until it listens. Rejects with its output if it ends before that. */
export async function startServer({
  env = {},
  args = ['serve', 'rest'],
  cwd,
  node = process.execPath,
}: StartOptions = {}): Promise<RunningServer> {
  noteEnvironment(env);
  const folder = cwd ?? (await mkdtemp(join(tmpdir(), 'move-acces-')));
  const child = spawn(node, ['--enable-source-maps', commandFile, ...args], {
    cwd: folder,
    env: { ...bareEnvironment(), PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const closed = once(child, 'close');
  const url = await firstUrl(child, lines);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    await Promise.race([closed, delay(lastWordsMs, undefined, { ref: false })]);
    return child.exitCode ?? child.signalCode;
  };
  return {
    url,
    pid: child.pid ?? 0,
    cwd: folder,
    output: () => lines.join('\n'),
    stop,
    async [Symbol.asyncDispose]() {
      const metrics = child.exitCode === null && child.signalCode === null ? await scrape(url, env) : '';
      await stop('SIGKILL');
      if (cwd === undefined) await rm(folder, { recursive: true, force: true });
      const log = lines.join('\n');
      keepOutput(log);
      expectNoSecret(log, 'the log');
      expectNoSecret(metrics, 'the metrics');
    },
  };
}

/** Empty where a test has made the server unable to respond. */
async function scrape(url: string, { METRICS_TOKEN }: Readonly<Record<string, string>>): Promise<string> {
  const headers = { ...(METRICS_TOKEN !== undefined && { authorization: `Bearer ${METRICS_TOKEN}` }), connection: 'close' };
  return await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(5000) }).then(
    (response) => response.text(),
    () => '',
  );
}

function firstUrl(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const url = listeningAt(line);
        if (url !== null) resolve(url);
      });
    }
    child.once('close', (code) => reject(new Error(`the server ended with ${code} before it listened:\n${lines.join('\n')}`)));
  });
}

function listeningAt(line: string): string | null {
  if (!line.startsWith('{') || !line.includes('"listening"')) return null;
  const { url } = JSON.parse(line) as { url?: unknown };
  return typeof url === 'string' ? url : null;
}
