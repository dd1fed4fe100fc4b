import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Session } from '../../../core/domain/session.js';
import type { UnitOfWork } from '../../../core/ports/unit-of-work.js';

/** Somebody else who signs in. */
export interface SessionOpener extends AsyncDisposable {
  /** Resolves when the session is open; it is committed `slownessMs` after it was written. */
  open(session: Session, slownessMs?: number): Promise<void>;
}

/** In this process. */
export function ownOpener(unitOfWork: UnitOfWork): SessionOpener {
  return {
    open: (session, slownessMs = 0) =>
      unitOfWork.run(async ({ sessions }) => {
        await sessions.open(session);
        await delay(slownessMs);
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** On another thread: who waits for the lock of an embedded database waits with his whole thread. */
export async function threadOpener(file: string): Promise<SessionOpener> {
  const worker = new Worker(new URL('./session-opener-thread.js', import.meta.url), { workerData: { file } });
  await once(worker, 'message');
  const answers = new Map<string, () => void>();
  worker.on('message', (id: string) => answers.get(id)?.());
  return {
    open: (session, slownessMs = 0) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      answers.set(session.id, resolve);
      worker.postMessage({ session, slownessMs });
      return promise;
    },
    [Symbol.asyncDispose]: async () => {
      worker.postMessage(null);
      await once(worker, 'exit');
    },
  };
}
