import { type UserId, userId } from '../../../core/domain/ids.js';
import type { KeyMap } from './schema-map.js';

/** What a BIGINT holds, signed or unsigned. */
const integers = { least: -(2n ** 63n), largest: 2n ** 64n - 1n } as const;
const longestText = 191;

/** A key as the driver takes and returns it: an integer that a number cannot hold exactly is sent as a bigint and returned as its digits. */
export type KeyValue = string | number | bigint;

/**
 * The key that a user id stands for; null for a text that can be no key of this kind. Strict, because MySQL compares an integer
 * column with `12abc` as with 12.
 */
export function keyValue(id: UserId, { kind }: KeyMap): KeyValue | null {
  if (kind === 'text') return id !== '' && id.length <= longestText ? id : null;
  if (kind === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : null;
  if (!/^(0|-?[1-9]\d{0,19})$/.test(id)) return null;
  const key = BigInt(id);
  if (key < integers.least || key > integers.largest) return null;
  return Number.isSafeInteger(Number(id)) ? Number(id) : key;
}

/** The user id that stands for a row's key. Digits are read as the integer that they are: a ZEROFILL column puts zeros before it. */
export const idOf = (key: KeyValue, { kind }: Pick<KeyMap, 'kind'>): UserId =>
  userId(kind === 'integer' && typeof key === 'string' && /^-?\d+$/.test(key) ? BigInt(key) : key);

/** Whether a row's key is the one of the user id: some collations also find `ABC` for `abc`. */
export const isKeyOf = (id: UserId, key: KeyValue, map: Pick<KeyMap, 'kind'>): boolean => idOf(key, map) === id;

/** A row's key as a parameter: an integer too large for a number comes as its digits, and as a text it would be compared inexactly. */
export const parameterOf = (key: KeyValue, { kind }: Pick<KeyMap, 'kind'>): KeyValue =>
  kind === 'integer' && typeof key === 'string' ? BigInt(key) : key;
