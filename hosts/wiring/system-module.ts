import { JsonEventEncoder } from '../../adapters/json/json-event-encoder.js';
import { PinoLogger } from '../../adapters/pino/pino-logger.js';
import { SystemScheduler } from '../../adapters/system/system-scheduler.js';
import type { LogFields, Logger } from '../../core/ports/operations/logger.js';
import type { Metrics } from '../../core/ports/operations/metrics.js';
import type { Tracer } from '../../core/ports/operations/tracer.js';
import type { Config } from '../config/config.js';
import { portModule } from './port-module.js';
import type { WorkerContext } from './worker-context.js';

export interface SystemModuleOptions {
  readonly config: Config;
  /** Where log lines go if not to standard output as they are. */
  readonly output: { write(line: string): void } | null;
  readonly metrics: Metrics;
  readonly tracer: Tracer | null;
  /** Of this process among several that serve together; null where it serves alone. */
  readonly worker: WorkerContext | null;
}

/** What a process has of its own: its log, its counters, its timers, its words for events, and who follows its work. */
export const systemModule = ({ config, output, metrics, tracer, worker }: SystemModuleOptions) =>
  portModule((bindPort) => {
    const logger = new PinoLogger({
      level: config.logLevel,
      ...(output && { destination: output }),
      ...(worker && { base: { worker: worker.index } }),
      ...(tracer && { context: () => traceFieldsOf(tracer) }),
    });
    bindPort('logger').toConstantValue(logger);
    bindPort('metrics').toConstantValue(metrics);
    bindPort('tracer').toConstantValue(tracer);
    bindPort('eventEncoder').toConstantValue(new JsonEventEncoder());
    bindPort('scheduler')
      .toResolvedValue(
        (logger: Logger) => new SystemScheduler({ onError: (error) => logger.error('a background task failed', { error }) }),
        ['logger'],
      )
      .inSingletonScope();
  });

function traceFieldsOf(tracer: Tracer): LogFields {
  const current = tracer.current();
  return current === null ? {} : { traceId: current.traceId, spanId: current.spanId };
}
