import { type UserId, userId } from '../../../core/domain/ids.js';
import type { KeyMap } from './schema-map.js';

const largestInteger = 2n ** 63n - 1n;
const longestText = 191;

/** A key as the driver takes it. */
export type KeyValue = string | number | bigint;

/**
 * The key that a user id stands for; null for a text that can be no key of this kind. Strict, because MySQL compares an integer
 * column with `12abc` as with 12.
 */
export function keyValue(id: UserId, { kind }: KeyMap): KeyValue | null {
  if (kind === 'text') return id !== '' && id.length <= longestText ? id : null;
  if (kind === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : null;
  if (!/^(0|[1-9]\d{0,18})$/.test(id)) return null;
  const key = BigInt(id);
  if (key > largestInteger) return null;
  return Number.isSafeInteger(Number(id)) ? Number(id) : key;
}

/** Whether a row's key is the one that was asked for: collations also find `ABC` for `abc`. */
export const isKeyOf = (id: UserId, key: KeyValue): boolean => userId(key) === id;
