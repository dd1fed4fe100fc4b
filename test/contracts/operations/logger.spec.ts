import { PinoLogger } from '../../../adapters/pino/pino-logger.js';
import { loggerContract } from '../../kit/contracts/operations/logger.contract.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';

describe('The logger', () => {
  loggerContract('memory', memoryHarnesses.logger);
  loggerContract('pino', () => {
    const lines: string[] = [];
    return { logger: new PinoLogger({ level: 'debug', destination: { write: (line) => lines.push(line) } }), entries: () => lines };
  });
});
