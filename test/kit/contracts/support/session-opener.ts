import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../../../../core/domain/session.js';
import type { UnitOfWork } from '../../../../core/ports/unit-of-work.js';

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
