import type { Semaphore } from '../../adapters/concurrency/semaphore.js';
import type { ConnectionRegistry } from './connection-registry.js';
import type { DisconnectionRecorder } from './disconnection-recorder.js';
import type { HeldMemory } from './held-memory.js';
import type { LongMessages } from './long-messages.js';
import type { TrafficBudgets } from './traffic-budgets.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices } from './ws-services.js';

/** The parts that the connections of one host share. */
export interface ConnectionParts {
  readonly services: WsServices;
  readonly registry: ConnectionRegistry;
  readonly limits: WsLimits;
  /** The traffic budgets of the users. */
  readonly traffic: TrafficBudgets;
  readonly memory: HeldMemory;
  readonly longMessages: LongMessages;
  /** Runs admissions: in batches, and so many at once. */
  readonly admissions: Pick<Semaphore, 'run'>;
  readonly disconnections: DisconnectionRecorder;
}
