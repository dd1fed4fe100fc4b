import { PinoLogger } from '../../adapters/pino/pino-logger.js';
import { WorkerMetrics } from '../../adapters/prometheus/worker-metrics.js';
import type { Logger } from '../../core/ports/operations/logger.js';
import type { Config } from '../config/config.js';
import { logOutput } from './observability.js';

/** The parts of the primary process, which starts the workers. It serves no client, so it opens no connection. */
export interface PrimaryComposition {
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
}

export async function composePrimary(config: Config): Promise<PrimaryComposition> {
  const output = await logOutput(config);
  return {
    logger: new PinoLogger({ level: config.logLevel, ...(output && { destination: output }) }),
    metrics: new WorkerMetrics(),
  };
}
