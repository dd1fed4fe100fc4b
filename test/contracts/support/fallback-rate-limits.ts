import { FallbackRateLimitStore } from '../../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
import { MemoryRateLimitStore } from '../../../adapters/memory/limits/memory-rate-limit-store.js';
import { ManualClock } from '../../../adapters/memory/manual-clock.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { BreakableStore } from './breakable-store.js';

/** A fallback store over a primary store that a test can break. */
export function openFallbackRateLimits() {
  const clock = new ManualClock();
  const [logger, metrics] = [new MemoryLogger(), new MemoryMetrics()];
  const primary = new BreakableStore({ store: new MemoryRateLimitStore({ clock }) });
  const substitute = new MemoryRateLimitStore({ clock });
  const store = new FallbackRateLimitStore({ primary, substitute, clock, logger, metrics });
  return { clock, logger, metrics, primary, store };
}
