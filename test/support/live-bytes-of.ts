import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { RunningServer } from './running-server.js';

/** Lets the inspector of a process use any free port. */
export const inspectable = { NODE_OPTIONS: '--inspect-port=0' } as const;

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

/** The reachable memory of another process. */
export interface LiveBytes extends AsyncDisposable {
  /** Heap and buffers after full collections, in MiB. */
  measureMib(): Promise<number>;
}

/** Measures a server that was started with the environment `inspectable`, through the inspector of Node.js. */
export async function watchLiveBytes(server: RunningServer): Promise<LiveBytes> {
  process.kill(server.pid, 'SIGUSR1');
  const socket = new WebSocket(await inspectorUrl(server));
  await once(socket, 'open');
  let calls = 0;
  const call = async (method: string): Promise<unknown> => {
    const id = ++calls;
    socket.send(JSON.stringify({ id, method }));
    for (;;) {
      // a cast: the form of the DevTools protocol's responses
      const answer = JSON.parse(String((await once(socket, 'message'))[0])) as { readonly id?: number; readonly result?: unknown };
      if (answer.id === id) return answer.result;
    }
  };
  return {
    async measureMib() {
      // buffers are freed by the second collection: the first one finds them unreachable
      for (let count = 0; count < 2; count++) await call('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize } = (await call('Runtime.getHeapUsage')) as HeapUsage; // a cast: as above
      return (usedSize + backingStorageSize) / 2 ** 20;
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
}

async function inspectorUrl(server: RunningServer): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const [url] = /ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/.exec(server.output()) ?? [];
    if (url !== undefined) return url;
    await delay(20);
  }
  throw new Error('the inspector did not start');
}
