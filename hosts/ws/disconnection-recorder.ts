import type { Origin } from '../../core/domain/origin.js';
import type { Admission } from '../../core/usecases/admit-connection.js';
import { WorkGate } from './work-gate.js';
import type { WsServices } from './ws-services.js';

export interface FarewellsOptions {
  readonly services: Pick<WsServices, 'logger'> & {
    readonly metrics: Pick<WsServices['metrics'], 'auditLost'>;
    readonly recordDisconnection: Pick<WsServices['recordDisconnection'], 'execute'>;
  };
  /** Ends that may wait to be recorded. */
  readonly maxWaiting: number;
}

export interface Farewell {
  readonly admission: Admission;
  readonly origin: Origin;
  readonly closeCode: number;
  /** How long the connection lasted. */
  readonly seconds: number;
}

const atOnce = 16;

/** Logs the ends of connections, and has them recorded, a few at once. Where too many wait, the log line is all there is. */
export class Farewells {
  readonly #options: FarewellsOptions;
  readonly #gate = new WorkGate({ concurrency: atOnce });

  constructor(options: FarewellsOptions) {
    this.#options = options;
  }

  say({ admission, origin, closeCode, seconds }: Farewell): void {
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
  async recorded(): Promise<void> {
    await this.#gate.idle();
  }
}
