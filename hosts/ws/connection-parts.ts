import type { ConnectionRegistry } from './connection-registry.js';
import type { DisconnectionRecorder } from './disconnection-recorder.js';
import type { HeldMemory } from './held-memory.js';
import type { LongMessages } from './long-messages.js';
import type { TrafficBudgets } from './traffic-budgets.js';
import type { WorkGate } from './work-gate.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices } from './ws-services.js';

/** What the connections of one host share. */
export interface ConnectionParts {
  readonly services: WsServices;
  readonly registry: ConnectionRegistry;
  readonly limits: WsLimits;
  /** What the clients of each user cause. */
  readonly traffic: TrafficBudgets;
  readonly memory: HeldMemory;
  readonly longMessages: LongMessages;
  /** Those who are being let in: in groups, and so many at once. */
  readonly admissions: Pick<WorkGate, 'run'>;
  readonly disconnections: DisconnectionRecorder;
}
