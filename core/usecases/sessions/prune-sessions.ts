import { secondsToMs } from '../../domain/instant.js';
import type { Ports } from '../../ports/ports.js';

/** Rows deleted in one statement: few enough that nobody waits for it. */
const batchSize = 500;
/** Batches in one run: the next run goes on. */
const maxBatches = 20;
/**
 * Ended sessions are kept for 90 days: so long a refresh token of one shows that a device is known (see `recogniseDevice`), and is
 * refused with the reason for which the session ended.
 */
const keepSeconds = 90 * 86_400;

/**
 * Deletes sessions that ended long ago, in small batches. Any number of processes may run it at once.
 * @throws AuthError `dependency_unavailable`
 */
export class PruneSessions {
  readonly #ports: Pick<Ports, 'sessions' | 'clock'>;

  constructor(ports: Pick<Ports, 'sessions' | 'clock'>) {
    this.#ports = ports;
  }

  /** Returns how many were deleted. */
  async execute(): Promise<number> {
    const { sessions, clock } = this.#ports;
    const endedBefore = clock.now() - secondsToMs(keepSeconds);
    let deleted = 0;
    for (let batch = 0; batch < maxBatches; batch++) {
      const count = await sessions.prune(endedBefore, batchSize);
      deleted += count;
      if (count < batchSize) break;
    }
    return deleted;
  }
}
