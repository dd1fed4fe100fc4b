import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SessionOpener } from '../../kit/contracts/support/session-opener.js';

/** On another thread: waiting for the lock of an embedded database blocks the whole thread. */
export async function threadOpener(file: string): Promise<SessionOpener> {
  const worker = new Worker(new URL('./session-opener-thread.js', import.meta.url), { workerData: { file } });
  await once(worker, 'message');
  const [written, opened] = [new Map<string, () => void>(), new Map<string, () => void>()];
  worker.on('message', (news: { readonly written?: string; readonly opened?: string }) => {
    written.get(news.written ?? '')?.();
    opened.get(news.opened ?? '')?.();
  });
  return {
    open: (session, slownessMs = 0, onWritten = () => {}) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      written.set(session.id, onWritten);
      opened.set(session.id, resolve);
      worker.postMessage({ session, slownessMs });
      return promise;
    },
    [Symbol.asyncDispose]: async () => {
      worker.postMessage(null);
      await once(worker, 'exit');
    },
  };
}
