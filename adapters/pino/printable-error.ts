/**
 * What may be printed of an error: name, message, code, stack, cause, and the errors it is made of. Everything else that a driver hangs
 * on it (`sql`, `sqlMessage`, `parameters`, `values`, `command`) quotes what was written, password hashes included.
 */
export function printableError(error: Error, print: (value: unknown) => unknown): Record<string, unknown> {
  const message = quotesData(error) ? '[withheld: it quotes data]' : error.message;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const printed: Record<string, unknown> = { name: error.name, message: print(message) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) printed.code = error.code;
  if (frames.length > 0) printed.stack = print(frames.map((line) => line.trim()).join('\n'));
  if (error.cause !== undefined) printed.cause = print(error.cause);
  if (error instanceof AggregateError) printed.errors = print(error.errors);
  return printed;
}

/** A database's own words name the row's values: `Duplicate entry 'ann@example.org' for key …`. Its code says enough. */
const quotesData = (error: Error): boolean => ['sql', 'sqlMessage', 'sqlState', 'query', 'parameters'].some((mark) => mark in error);
