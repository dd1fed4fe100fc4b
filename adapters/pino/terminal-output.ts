import { PinoPretty } from 'pino-pretty';

/** Lines for a person's eyes: time, level, message, and the fields behind it as JSON, so that no text in them can pass for a line of its own. */
export function terminalOutput(): { write(line: string): void } {
  return PinoPretty({
    colorize: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname',
    destination: 1,
    sync: true,
  });
}
