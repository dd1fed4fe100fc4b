import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { HmacMessageMac } from '../../../adapters/node-crypto/hmac-message-mac.js';
import { MessageGuard } from '../../../adapters/redis/message-guard.js';
import { userId } from '../../../core/domain/ids.js';
import type { MessagePurpose } from '../../../core/ports/message-mac.js';
import { event } from '../../kit/contracts/live/event-bus.contract.js';

export interface OpenGuard {
  readonly guard: MessageGuard;
  readonly clock: ManualClock;
  readonly logger: MemoryLogger;
  rejected(kind: MessagePurpose): number;
}

/** When the events of the contract suite happen. */
const sampleInstant = event(userId('1'), 'n').at;

/** The guard of a process with a secret; processes with the same one believe each other. */
export function openGuard({ secret = 'a secret of these tests', previous = [] as readonly string[] } = {}): OpenGuard {
  const metrics = new MemoryMetrics();
  const logger = new MemoryLogger();
  const clock = new ManualClock({ now: sampleInstant });
  return {
    guard: new MessageGuard({ mac: new HmacMessageMac({ current: secret, previous }), clock, metrics, logger }),
    clock,
    logger,
    rejected: (kind) => metrics.value('move_acces_redis_messages_rejected_total', { kind }),
  };
}
