import { secondsToMs } from '../../domain/instant.js';
import type { Ports } from '../../ports/ports.js';

/** Rows deleted in one statement: few enough that other transactions do not wait for it. */
const batchSize = 500;
/** Max batches in one run. The next run continues. */
const maxBatches = 20;
/**
 * Ended sessions are kept for 90 days. During that time a refresh token of the session still identifies a known device (see
 * `recogniseDevice`), and its refusal can name the reason for which the session ended.
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

  /** Returns the number of sessions deleted. */
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
