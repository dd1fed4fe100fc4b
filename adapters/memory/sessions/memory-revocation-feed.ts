import type { Revocation } from '../../../core/domain/sessions/session.js';
import type { Logger } from '../../../core/ports/operations/logger.js';
import type { Scheduler } from '../../../core/ports/scheduler.js';
import type { RevocationFeed, RevocationListener } from '../../../core/ports/sessions/revocation-feed.js';

export interface MemoryRevocationFeedOptions {
  readonly scheduler: Scheduler;
  readonly logger: Logger;
}

const heardEveryMs = 250;

/** Delivers revocations within one process, in which none can be missed. For a service with one process, and for tests. */
export class MemoryRevocationFeed implements RevocationFeed {
  readonly #scheduler: Scheduler;
  readonly #logger: Logger;
  readonly #listeners = new Set<RevocationListener>();

  constructor({ scheduler, logger }: MemoryRevocationFeedOptions) {
    this.#scheduler = scheduler;
    this.#logger = logger;
  }

  async announce(revocations: readonly Revocation[]): Promise<void> {
    if (revocations.length === 0) return;
    for (const listener of this.#listeners) this.#tell(listener, revocations);
  }

  async follow(listener: RevocationListener): Promise<{ stop(): Promise<void> }> {
    this.#listeners.add(listener);
    listener.heard();
    const beat = this.#scheduler.every(heardEveryMs, async () => listener.heard());
    return {
      stop: async () => {
        this.#listeners.delete(listener);
        await beat.stop();
      },
    };
  }

  #tell(listener: RevocationListener, revocations: readonly Revocation[]): void {
    try {
      listener.ended(revocations);
    } catch (error) {
      this.#logger.error('a listener failed to take revocations', { error });
    }
  }
}
