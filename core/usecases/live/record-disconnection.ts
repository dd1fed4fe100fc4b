import { auditEvent } from '../../domain/audit/audit-event.js';
import type { SessionId, UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';

export interface RecordDisconnectionInput {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly origin: Origin;
  /** RFC 6455 §7.4. */
  readonly closeCode: number;
  /** Duration of the connection, in seconds. */
  readonly seconds: number;
}

export type RecordDisconnectionPorts = Pick<Ports, 'audit' | 'clock' | 'logger' | 'metrics'>;

/** Records the end of a connection in the audit log. Never rejects: an end that has already happened cannot be refused. */
export class RecordDisconnection {
  readonly #ports: RecordDisconnectionPorts;

  constructor(ports: RecordDisconnectionPorts) {
    this.#ports = ports;
  }

  async execute({ userId, sessionId, origin, closeCode, seconds }: RecordDisconnectionInput): Promise<void> {
    const { audit, clock, logger, metrics } = this.#ports;
    const details = { close_code: closeCode, seconds };
    const event = auditEvent({ occurredAt: clock.now(), event: 'ws_disconnect', outcome: 'success', userId, sessionId, origin, details });
    try {
      await audit.record(event);
    } catch (error) {
      metrics.auditLost();
      logger.warn('the end of a connection could not be recorded', { error, sessionId });
    }
  }
}
