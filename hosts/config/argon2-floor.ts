/**
 * The pairs that the OWASP Password Storage Cheat Sheet holds to be of equal strength for Argon2id with one lane:
 * what is below all of them is refused.
 */
const FLOOR = [
  { memoryKib: 47_104, timeCost: 1 },
  { memoryKib: 19_456, timeCost: 2 },
  { memoryKib: 12_288, timeCost: 3 },
  { memoryKib: 9_216, timeCost: 4 },
  { memoryKib: 7_168, timeCost: 5 },
] as const;

/** The least memory, in KiB, that so many passes call for. */
export function leastMemoryKib(timeCost: number): number {
  return Math.min(...FLOOR.filter((pair) => pair.timeCost <= timeCost).map((pair) => pair.memoryKib));
}

/** The fewest passes that so much memory, in KiB, calls for; null when no number of them is enough. */
export function leastTimeCost(memoryKib: number): number | null {
  return FLOOR.find((pair) => pair.memoryKib <= memoryKib)?.timeCost ?? null;
}
