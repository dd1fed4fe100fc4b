import { timingSafeEqual } from 'node:crypto';

/** Compares a computed hash with the stored one in a time that does not depend on where they differ. */
export function isSame(computed: string, stored: string): boolean {
  const [one, other] = [Buffer.from(computed), Buffer.from(stored)];
  return one.length === other.length && timingSafeEqual(one, other);
}
