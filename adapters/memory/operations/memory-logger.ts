import type { LogFields, Logger } from '../../../core/ports/operations/logger.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

const secretName = /(password|secret|token|hash|authorization|cookie|ticket|known_?device)$/i;

/** Collects log entries for tests. Fields named like secrets are redacted, at any depth. */
export class MemoryLogger implements Logger {
  readonly #entries: LogEntry[] = [];

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#collect('debug', message, fields);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#collect('info', message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#collect('warn', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#collect('error', message, fields);
  }

  #collect(level: LogLevel, message: string, fields: LogFields): void {
    this.#entries.push({ level, message, fields: copy(fields, []) as LogFields });
  }
}

/**
 * Returns a copy that shares nothing with the original, without secrets, without the fields that a driver adds to its errors, and without
 * circular references.
 */
function copy(value: unknown, above: readonly unknown[]): unknown {
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (above.includes(value)) return '[circular]';
  const below = [...above, value];
  if (Array.isArray(value)) return value.map((item) => copy(item, below));
  if (value instanceof Error) return copy({ name: value.name, code: 'code' in value ? value.code : undefined, cause: value.cause }, below);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, secretName.test(name) ? '[redacted]' : copy(item, below)]));
}
