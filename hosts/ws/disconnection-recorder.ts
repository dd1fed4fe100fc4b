import { Semaphore } from '../../adapters/concurrency/semaphore.js';
import type { Origin } from '../../core/domain/origin.js';
import type { Admission } from '../../core/usecases/live/admit-connection.js';
import type { WsServices } from './ws-services.js';

export interface DisconnectionRecorderOptions {
  readonly services: Pick<WsServices, 'logger'> & {
    readonly metrics: Pick<WsServices['metrics'], 'auditLost'>;
    readonly recordDisconnection: Pick<WsServices['recordDisconnection'], 'execute'>;
  };
  /** Max disconnections that wait to be recorded. */
  readonly maxWaiting: number;
}

export interface Disconnection {
  readonly admission: Admission;
  readonly origin: Origin;
  readonly closeCode: number;
  /** Duration of the connection, in seconds. */
  readonly seconds: number;
}

const maxConcurrent = 16;

/** Logs disconnections and writes them to the audit log, a few at once. While too many wait, another is only logged, and counted as lost. */
export class DisconnectionRecorder {
  readonly #options: DisconnectionRecorderOptions;
  readonly #semaphore: Semaphore;

  constructor(options: DisconnectionRecorderOptions) {
    this.#options = options;
    this.#semaphore = new Semaphore({ places: maxConcurrent, maxWaiting: options.maxWaiting });
  }

  record({ admission, origin, closeCode, seconds }: Disconnection): void {
    const { services } = this.#options;
    const { userId, sessionId } = admission;
    services.logger.info('socket closed', { requestId: origin.requestId, userId, sessionId, closeCode, seconds });
    this.#semaphore
      .run(() => services.recordDisconnection.execute({ userId, sessionId, origin, closeCode, seconds }))
      // a refusal of the semaphore: the recording itself never rejects
      .catch(() => services.metrics.auditLost());
  }

  /** Resolves when all are recorded. */
  async idle(): Promise<void> {
    await this.#semaphore.idle();
  }
}
