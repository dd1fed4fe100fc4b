import { AuthError } from '../../core/domain/auth-error.js';
import type { Origin } from '../../core/domain/origin.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import { refusalFields } from '../http/refusal-fields.js';
import type { Judged } from './trace-admission.js';

export interface LogRefusalsParts {
  readonly logger: Pick<Logger, 'info'>;
  readonly origin: Origin;
}

/** Logs the address of a client that is refused, with the reason, as the log line of a refused request does. */
export function logRefusals(judged: Judged, { logger, origin: { requestId, ip } }: LogRefusalsParts): Judged {
  return async (judge) => {
    try {
      return await judged(judge);
    } catch (error) {
      if (error instanceof AuthError) logger.info('socket refused', refusalFields({ requestId, code: error.code, ip }));
      throw error;
    }
  };
}
