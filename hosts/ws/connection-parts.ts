import type { ConnectionRegistry } from './connection-registry.js';
import type { WorkGate } from './work-gate.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices } from './ws-services.js';

/** What the connections of one host share. */
export interface ConnectionParts {
  readonly services: WsServices;
  readonly registry: ConnectionRegistry;
  readonly limits: WsLimits;
  /** Those who are being let in: in groups, and so many at once. */
  readonly admissions: Pick<WorkGate, 'run'>;
  /** The ends that are being recorded. */
  readonly farewells: WorkGate;
}
