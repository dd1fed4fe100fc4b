export type LogFields = Readonly<Record<string, unknown>>;

/** Writes structured log entries. An implementation redacts secrets and keeps each entry on one line. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
