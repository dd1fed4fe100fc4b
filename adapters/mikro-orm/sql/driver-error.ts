/** What is read of a driver's error, whichever driver made it. */
export interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly errcode?: unknown;
  readonly errstr?: unknown;
  readonly message?: unknown;
  readonly sqlMessage?: unknown;
  readonly sqlState?: unknown;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
