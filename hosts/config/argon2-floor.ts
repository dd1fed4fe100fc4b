/**
 * The pairs of parameters that the OWASP Password Storage Cheat Sheet considers equally strong for Argon2id with one lane. A pair below all
 * of them is rejected.
 */
const FLOOR = [
  { memoryKib: 47_104, timeCost: 1 },
  { memoryKib: 19_456, timeCost: 2 },
  { memoryKib: 12_288, timeCost: 3 },
  { memoryKib: 9_216, timeCost: 4 },
  { memoryKib: 7_168, timeCost: 5 },
] as const;

/** The min memory, in KiB, for a number of passes. */
export function minMemoryKib(timeCost: number): number {
  return Math.min(...FLOOR.filter((pair) => pair.timeCost <= timeCost).map((pair) => pair.memoryKib));
}

/** The min passes for an amount of memory, in KiB; null when no number of them is enough. */
export function minTimeCost(memoryKib: number): number | null {
  return FLOOR.find((pair) => pair.memoryKib <= memoryKib)?.timeCost ?? null;
}
