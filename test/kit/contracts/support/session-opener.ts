import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../../../../core/domain/sessions/session.js';
import type { UnitOfWork } from '../../../../core/ports/unit-of-work.js';

/** Another user's sign-in. */
export interface SessionOpener extends AsyncDisposable {
  /** Resolves when the session is open. It is committed `slownessMs` after it was written; `onWritten` is called at the write. */
  open(session: Session, slownessMs?: number, onWritten?: () => void): Promise<void>;
}

/** In this process. */
export function ownOpener(unitOfWork: UnitOfWork): SessionOpener {
  return {
    open: (session, slownessMs = 0, onWritten = () => {}) =>
      unitOfWork.run(async ({ sessions }) => {
        await sessions.open(session);
        onWritten();
        await delay(slownessMs);
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}
