/** Log lines as JSON. */

import '../../config/require-node.js';

export * from '../../../adapters/pino/non-blocking-stdout.js';
export * from '../../../adapters/pino/pino-logger.js';
export * from '../../../adapters/pino/terminal-output.js';
