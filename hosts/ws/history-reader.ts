import { setTimeout as delay } from 'node:timers/promises';
import { AuthError } from '../../core/domain/auth-error.js';
import type { UserId } from '../../core/domain/ids.js';
import type { EventPosition } from '../../core/domain/live/live-event.js';
import type { EventHistory } from '../../core/ports/live/event-bus.js';
import type { SocketSender } from './socket-sender.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices } from './ws-services.js';

export interface HistoryReaderOptions {
  readonly userId: UserId;
  readonly services: Pick<WsServices, 'replayEvents'>;
  readonly limits: Pick<WsLimits, 'resumePatienceMs'>;
  /** Reads stop once it is closed. */
  readonly sender: Pick<SocketSender, 'isOpen'>;
}

const retryReadMs = 200;

/** Reads the history of one user for one client, page by page. */
export class HistoryReader {
  readonly #options: HistoryReaderOptions;

  constructor(options: HistoryReaderOptions) {
    this.#options = options;
  }

  /** Returns null where history cannot be read. */
  async read(after: EventPosition): Promise<EventHistory | null> {
    const { services, userId } = this.#options;
    try {
      return await services.replayEvents.execute({ userId, after });
    } catch (error) {
      if (error instanceof AuthError) return null;
      throw error;
    }
  }

  /** Retries, and returns null when history could not be read for `resumePatienceMs`. */
  async readWithRetry(after: EventPosition): Promise<EventHistory | null> {
    const { sender, limits } = this.#options;
    const endsAt = performance.now() + limits.resumePatienceMs;
    let history = await this.read(after);
    while (history === null && sender.isOpen && performance.now() < endsAt) {
      await delay(retryReadMs);
      history = await this.read(after);
    }
    return history;
  }
}
