import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

type Row = Readonly<Record<string, SQLOutputValue | string>>;

const least = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** Parameters as the driver takes them: an integer of more than 64 bits, which no row holds, as a text. */
export const values = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map((value) => (typeof value === 'bigint' && (value < least || value > largest) ? String(value) : (value as SQLInputValue))); // a cast: texts, numbers, bigints and null are all that the stores pass

/**
 * The rows of a SELECT. An integer that a number cannot hold exactly comes as its digits, as the driver of a server returns it; the
 * driver of a file throws at one, but for the least of all, and the rows are then read once more.
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

/** It is a power of two, which a number holds, and its text does not: -9223372036854776000. */
const holdsLeast = (row: Record<string, SQLOutputValue>): boolean => Object.values(row).includes(Number(least));

const isTooLarge = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE';

const exactRow = (row: Record<string, SQLOutputValue>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? exact(value) : value]));

const exact = (value: bigint): number | string => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
