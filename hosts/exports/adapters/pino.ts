/** Log lines as JSON. */

import '../../config/require-node.js';

export * from '../../../adapters/pino/patient-output.js';
export * from '../../../adapters/pino/pino-logger.js';
export * from '../../../adapters/pino/terminal-output.js';
