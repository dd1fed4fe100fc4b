/** The machine's clock and timers. */

import '../../config/require-node.js';

export * from '../../../adapters/system/stop-probe.js';
export * from '../../../adapters/system/system-clock.js';
export * from '../../../adapters/system/system-scheduler.js';
