import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { findCommand } from '../../../support/servers/find-server.js';

/** A page in a real browser. */
export interface BrowserPage {
  /** Runs an expression in the page; a promise is waited for. Rejects with what it throws. */
  run(expression: string): Promise<unknown>;
}

/** Chromium without a window, led by its own protocol (Chrome DevTools Protocol): no library between. */
export interface HeadlessBrowser extends AsyncDisposable {
  open(url: string): Promise<BrowserPage>;
}

/** Absolute path of the browser: `CHROMIUM` if set, else `chromium` on the PATH; null if there is none. */
export const findBrowser = (): string | null => process.env.CHROMIUM ?? findCommand('chromium') ?? findCommand('chromium-browser');

export async function startBrowser(): Promise<HeadlessBrowser> {
  const command = findBrowser();
  if (command === null) throw new Error('there is no chromium: run `npm run servers`, or name one by CHROMIUM');
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-browser-'));
  const isolation = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking'];
  const child = spawn(command, ['--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, ...isolation, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const devTools = new DevTools(await debuggerUrl(child));
  await devTools.ready();
  return {
    async open(url) {
      const { targetId } = await devTools.call('Target.createTarget', { url });
      const { sessionId } = await devTools.call('Target.attachToTarget', { targetId, flatten: true });
      const run = async (expression: string) => {
        const given = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails } = await devTools.call('Runtime.evaluate', given, String(sessionId));
        if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
        // a cast: the protocol's `RemoteObject`
        return (result as { readonly value?: unknown }).value;
      };
      // a fresh page is blank for a moment, and what is asked of it then is lost with it
      const isLoaded = () => run(`location.href !== 'about:blank' && document.readyState === 'complete'`).catch(() => false);
      while ((await isLoaded()) !== true) await delay(20);
      return { run };
    },
    async [Symbol.asyncDispose]() {
      devTools.close();
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function debuggerUrl(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('the browser has no standard error');
  for await (const line of createInterface({ input: child.stderr })) {
    const [, url] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (url !== undefined) {
      child.stderr.resume();
      return url;
    }
  }
  throw new Error('the browser ended before it listened');
}

/** Calls of the browser's protocol, each answered under its number. */
class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: { result?: Record<string, unknown>; error?: unknown }) => void>();
  #calls = 0;

  constructor(url: string) {
    this.#socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket.on('message', (data) => {
      const answer = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown>; error?: unknown };
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  async ready(): Promise<void> {
    await once(this.#socket, 'open');
  }

  async call(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> {
    this.#calls += 1;
    const id = this.#calls;
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    const { result, error } = await new Promise<{ result?: Record<string, unknown>; error?: unknown }>((resolve) =>
      this.#waiting.set(id, resolve),
    );
    this.#waiting.delete(id);
    if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  close(): void {
    this.#socket.close();
  }
}
