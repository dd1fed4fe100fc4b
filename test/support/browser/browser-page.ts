import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { DevTools } from './dev-tools.js';

/** A page in a real browser, with all its requests and complaints since it was loaded. */
export class BrowserPage {
  readonly #devTools: DevTools;
  readonly #sessionId: string;
  /** Addresses that it requested, its own included, even where a policy blocked the request. */
  readonly requests: string[] = [];
  /** Errors and warnings on its console, uncaught exceptions, and actions that the browser blocked. */
  readonly complaints: string[] = [];

  constructor({ devTools, sessionId }: { readonly devTools: DevTools; readonly sessionId: string }) {
    this.#devTools = devTools;
    this.#sessionId = sessionId;
    devTools.listen(sessionId, (method, params) => this.#note(method, params));
  }

  /** Resolves when the page of this address is loaded. */
  async load(url: string): Promise<void> {
    for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await this.#call(`${domain}.enable`);
    await this.#call('Page.navigate', { url });
    // while it changes from blank to the page, calls to it are lost
    const isLoaded = () => this.run(`location.href !== 'about:blank' && document.readyState === 'complete'`).catch(() => false);
    while ((await isLoaded()) !== true) await delay(20);
  }

  /** Runs an expression in the page, and awaits a promise. Rejects with the error that the expression throws. */
  async run(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    // a cast: the protocol's `RemoteObject`
    return (result as { readonly value?: unknown }).value;
  }

  /** Evaluates the expression until its value is as wanted; fails after 30 s. */
  async until(expression: string, isWanted: (answer: unknown) => boolean = Boolean): Promise<unknown> {
    const end = Date.now() + 30_000;
    for (;;) {
      const answer = await this.run(expression);
      if (isWanted(answer)) return answer;
      if (Date.now() > end) throw new Error(`${expression} stayed ${JSON.stringify(answer)}; complaints: ${this.complaints}`);
      await delay(25);
    }
  }

  /** Writes an image of the visible page into a PNG file. */
  async screenshot(file: string): Promise<void> {
    const { data } = await this.#call('Page.captureScreenshot', { format: 'png' });
    await writeFile(file, Buffer.from(String(data), 'base64'));
  }

  #call(method: string, params: object = {}) {
    return this.#devTools.call(method, params, this.#sessionId);
  }

  #note(method: string, params: Record<string, unknown>): void {
    const { request, type, args, exceptionDetails, entry } = params as {
      readonly request?: { readonly url: string };
      readonly type?: string;
      readonly args?: unknown;
      readonly exceptionDetails?: unknown;
      readonly entry?: { readonly level: string; readonly text: string; readonly url?: string };
    };
    if (method === 'Network.requestWillBeSent' && request !== undefined) this.requests.push(request.url);
    if (method === 'Runtime.consoleAPICalled' && (type === 'error' || type === 'warning')) this.complaints.push(JSON.stringify(args));
    if (method === 'Runtime.exceptionThrown') this.complaints.push(JSON.stringify(exceptionDetails));
    if (method === 'Log.entryAdded' && entry?.level === 'error') this.complaints.push(`${entry.text} ${entry.url ?? ''}`);
  }
}
