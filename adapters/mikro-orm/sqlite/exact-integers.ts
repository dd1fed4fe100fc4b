import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

type Row = Readonly<Record<string, SQLOutputValue | string>>;

const least = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** Converts parameters for the driver: an integer of more than 64 bits, which no row holds, becomes a text. */
export const values = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map((value) => (typeof value === 'bigint' && (value < least || value > largest) ? String(value) : (value as SQLInputValue))); // a cast: texts, numbers, bigints and null are all that the stores pass

/**
 * Returns the rows of a SELECT. An integer that a number cannot hold exactly is returned as its digits, as a server's driver does. The
 * file's driver throws for such an integer, except for the min one, and the rows are then read again.
 */
export function rowsOf(statement: StatementSync, parameters: readonly SQLInputValue[]): Row[] {
  try {
    const rows = statement.all(...parameters);
    if (!rows.some(holdsLeast)) return rows;
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  statement.setReadBigInts(true);
  try {
    return statement.all(...parameters).map(exactRow);
  } finally {
    statement.setReadBigInts(false);
  }
}

/** The min integer is a power of two, which a number holds, but the number's text differs: -9223372036854776000. */
const holdsLeast = (row: Record<string, SQLOutputValue>): boolean => Object.values(row).includes(Number(least));

const isTooLarge = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE';

const exactRow = (row: Record<string, SQLOutputValue>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? exact(value) : value]));

const exact = (value: bigint): number | string => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
