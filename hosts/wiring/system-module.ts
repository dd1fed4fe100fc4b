import { PinoLogger } from '../../adapters/pino/pino-logger.js';
import { PrometheusMetrics } from '../../adapters/prometheus/prometheus-metrics.js';
import { SystemScheduler } from '../../adapters/system/system-scheduler.js';
import type { Logger } from '../../core/ports/logger.js';
import type { Config } from '../config/config.js';
import { portModule } from './port-module.js';

/** What a process has of its own: its log, its counters, its timers. */
export const systemModule = ({ logLevel }: Config, version: string) =>
  portModule((bindPort) => {
    bindPort('logger').toConstantValue(new PinoLogger({ level: logLevel }));
    bindPort('metrics').toConstantValue(new PrometheusMetrics({ version }));
    bindPort('scheduler')
      .toResolvedValue(
        (logger: Logger) => new SystemScheduler({ onError: (error) => logger.error('a background task failed', { error }) }),
        ['logger'],
      )
      .inSingletonScope();
  });
