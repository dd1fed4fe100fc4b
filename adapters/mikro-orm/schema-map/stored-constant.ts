import type { Constant } from './schema-map.js';

/** A value of a status column as drivers give it: a BIT column's as bytes. */
export type StoredConstant = Constant | Uint8Array | null;

/** Whether a stored value is one of the mapping's. A number is the same as its digits: drivers give either. */
export function isOneOf(list: readonly (Constant | null)[], stored: StoredConstant): boolean {
  const value = stored instanceof Uint8Array ? bitsOf(stored) : stored;
  return list.some((entry) => (entry === null || value === null ? entry === value : String(entry) === String(value)));
}

const bitsOf = (bytes: Uint8Array): number => bytes.reduce((number, byte) => number * 256 + byte, 0);
