/** Limits that go on in the process while the store that all share is away. */
import '../../config/require-node.js';

export * from '../../../adapters/fallback-rate-limit/fallback-rate-limit-store.js';
export * from '../../../adapters/fallback-rate-limit/primary-guard.js';
