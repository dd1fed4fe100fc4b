import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../../support/project-root.js';

interface ExampleEvent {
  readonly name: string;
  readonly data: unknown;
  readonly at: string;
  readonly offset: number;
}

interface ExampleOptions {
  readonly url: string;
  readonly getToken: (why: 'connect' | 'renew' | 'refused') => Promise<string>;
  readonly onEvent: (event: ExampleEvent) => void;
  readonly onGap: () => void;
  readonly onEnd: (reason: { readonly code: string; readonly action: string }) => void;
}

type ConnectLive = (options: ExampleOptions) => { send(name: string, data: unknown): void; close(): void };

/** The client that the documentation shows, as it is. */
async function loadExample(): Promise<ConnectLive> {
  const file = pathToFileURL(join(projectRoot(), 'examples/websocket-client.mjs'));
  // a cast: the example has no types but its comments
  const { connectLive } = (await import(file.href)) as { readonly connectLive: ConnectLive };
  return connectLive;
}

/** The events that the client received: the offset of each event, and each reported gap. */
export type Seen = number | 'gap';

/** Runs the example client, and records its callbacks. */
export async function runExample(options: Pick<ExampleOptions, 'url' | 'getToken'>) {
  const connectLive = await loadExample();
  const seen: Seen[] = [];
  const events: Parameters<ExampleOptions['onEvent']>[0][] = [];
  const ended = Promise.withResolvers<{ readonly code: string; readonly action: string }>();
  const live = connectLive({
    ...options,
    onEvent: (event) => {
      events.push(event);
      seen.push(event.offset);
    },
    onGap: () => void seen.push('gap'),
    onEnd: ended.resolve,
  });
  return { ...live, seen, events, ended: ended.promise, [Symbol.dispose]: () => live.close() };
}

/** Fails after ten seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`it did not come to it: ${isSo}`);
    await delay(10);
  }
}
