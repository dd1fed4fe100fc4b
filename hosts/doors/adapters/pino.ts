/** Log lines as JSON. */

export * from '../../../adapters/pino/patient-output.js';
export * from '../../../adapters/pino/pino-logger.js';
export * from '../../../adapters/pino/terminal-output.js';
