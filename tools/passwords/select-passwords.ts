import { comparablePassword } from '../../core/domain/passwords/password-policy.js';

export interface PasswordSelection {
  /**
   * Lists in order of frequency, the most frequent first. `take` limits the number of entries of the shortest length that are taken from a
   * list.
   */
  readonly lists: readonly { readonly lines: readonly string[]; readonly take: number }[];
  /** For each min length from the first to the last, in characters, this many of the most frequent entries are taken from each list. */
  readonly minLengths: { readonly from: number; readonly to: number; readonly take: number };
}

const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);
/** A leaked address belongs to one person, and is not a frequent password. */
const isAddress = (text: string): boolean => /@.+\.[a-z]{2,}$/.test(text);

/**
 * Returns the entries of a blocklist in the form in which passwords are compared, sorted by code units. Entries that are not ASCII are left
 * out: in these lists they are text in a wrong encoding.
 */
export function selectPasswords({ lists, minLengths }: PasswordSelection): string[] {
  const selected = new Set<string>();
  for (const { lines, take } of lists) {
    const entries = [...new Set(lines.map(comparablePassword))].filter((entry) => isPrintableAscii(entry) && !isAddress(entry));
    for (let length = minLengths.from; length <= minLengths.to; length += 1) {
      const longEnough = entries.filter((entry) => entry.length >= length);
      for (const entry of longEnough.slice(0, length === minLengths.from ? take : minLengths.take)) selected.add(entry);
    }
  }
  return [...selected].sort();
}
