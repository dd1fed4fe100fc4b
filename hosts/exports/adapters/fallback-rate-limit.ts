/** Rate limits that continue in the process while the shared store is unavailable. */
import '../../config/require-node.js';

export * from '../../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
export * from '../../../adapters/fallback-rate-limit/primary-guard.js';
