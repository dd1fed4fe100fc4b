import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findCommand } from '../servers/find-server.js';
import { BrowserPage } from './browser-page.js';
import { DevTools } from './dev-tools.js';

/** Chromium without a window, controlled by its own protocol, without a library. */
export interface HeadlessBrowser extends AsyncDisposable {
  open(url: string): Promise<BrowserPage>;
}

/** Absolute path of the browser: `CHROMIUM` if set, otherwise `chromium` on the PATH; null if there is none. */
export const findBrowser = (): string | null => process.env.CHROMIUM ?? findCommand('chromium') ?? findCommand('chromium-browser');

export async function startBrowser(): Promise<HeadlessBrowser> {
  const command = findBrowser();
  if (command === null) throw new Error('there is no chromium: run `npm run servers`, or name one by CHROMIUM');
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-browser-'));
  const isolation = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking'];
  const view = ['--window-size=1200,1400', '--hide-scrollbars'];
  const child = spawn(
    command,
    ['--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, ...isolation, ...view, 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const exited = once(child, 'exit');
  const devTools = new DevTools(await debuggerUrl(child));
  await devTools.ready();
  return {
    async open(url) {
      const { targetId } = await devTools.call('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await devTools.call('Target.attachToTarget', { targetId, flatten: true });
      const page = new BrowserPage({ devTools, sessionId: String(sessionId) });
      await page.load(url);
      return page;
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
