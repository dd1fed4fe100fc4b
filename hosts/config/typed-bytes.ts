/** Bytes at these distances are compared: numbers that count may be one, two, four or eight bytes wide. */
const DISTANCES = [1, 2, 3, 4, 8];
/** 24 differences of random bytes have 23 different values on average, and fewer than 12 by no chance that counts. */
const MIN_DIFFERENCES = 12;

/** Whether bytes count up or down, step evenly or repeat a block, as typed values and examples do (`000102…1f`). */
export function followsPattern(bytes: Uint8Array): boolean {
  return repeatsItself(bytes) || DISTANCES.some((distance) => differencesAt(bytes, distance).size < MIN_DIFFERENCES);
}

/** Whether at least half of the elements are those of one distance before, for some distance up to half of the length. */
export function repeatsItself(elements: ArrayLike<number>): boolean {
  for (let distance = 1; distance <= elements.length / 2; distance += 1) {
    let same = 0;
    for (let at = distance; at < elements.length; at += 1) if (elements[at] === elements[at - distance]) same += 1;
    if (same * 2 >= elements.length - distance) return true;
  }
  return false;
}

function differencesAt(bytes: Uint8Array, distance: number): ReadonlySet<number> {
  return new Set([...bytes].slice(distance).map((byte, index) => (byte - (bytes[index] ?? 0)) & 0xff));
}
