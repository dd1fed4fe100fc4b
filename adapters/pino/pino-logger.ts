import { type LevelWithSilent, type Logger as Pino, pino, stdTimeFunctions } from 'pino';
import type { LogFields, Logger } from '../../core/ports/operations/logger.js';
import { NonBlockingStdout } from './non-blocking-stdout.js';
import { redact, redactText } from './redaction.js';

export type LogLevel = LevelWithSilent;

export interface PinoLoggerOptions {
  readonly level: LogLevel;
  /** Where lines go: standard output unless given. */
  readonly destination?: { write(line: string): void };
  /** Fields that every line carries, such as the host's name. */
  readonly base?: LogFields;
  /** Returns fields for one line, such as the trace that the line belongs to. The logger calls it for each line. */
  readonly context?: () => LogFields;
}

/** One JSON object per line: `level`, `time` (ISO 8601), the fields, `msg`. Continues to work when no process reads its output any more. */
export class PinoLogger implements Logger {
  readonly #pino: Pino;

  constructor({ level, destination: to, base = {}, context }: PinoLoggerOptions) {
    const options = {
      level,
      base: redact(base) as LogFields,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      ...(context && { mixin: () => ({ ...context() }) }),
    };
    this.#pino = pino(options, to ?? new NonBlockingStdout());
  }

  debug(message: string, fields?: LogFields): void {
    this.#print('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#print('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#print('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#print('error', message, fields);
  }

  #print(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void {
    if (!this.#pino.isLevelEnabled(level)) return;
    this.#pino[level](redact(fields) as object, redactText(message));
  }
}
