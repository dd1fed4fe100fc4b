import type { Origin } from '../../core/domain/origin.js';
import type { Admission } from '../../core/usecases/live/admit-connection.js';
import { WorkGate } from './work-gate.js';
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

const concurrency = 16;

/** Logs disconnections and writes them to the audit log, a few at once. Where too many wait, it only logs one, and counts it as lost. */
export class DisconnectionRecorder {
  readonly #options: DisconnectionRecorderOptions;
  readonly #gate = new WorkGate({ concurrency });

  constructor(options: DisconnectionRecorderOptions) {
    this.#options = options;
  }

  record({ admission, origin, closeCode, seconds }: Disconnection): void {
    const { services, maxWaiting } = this.#options;
    const { userId, sessionId } = admission;
    services.logger.info('socket closed', { requestId: origin.requestId, userId, sessionId, closeCode, seconds });
    if (this.#gate.waiting >= maxWaiting) {
      services.metrics.auditLost();
      return;
    }
    void this.#gate.run(() => services.recordDisconnection.execute({ userId, sessionId, origin, closeCode, seconds }));
  }

  /** Resolves when all are recorded. */
  async idle(): Promise<void> {
    await this.#gate.idle();
  }
}
