import type { CliActions, HashCost } from '../cli-actions.js';

export interface Measurement {
  readonly cost: HashCost;
  /** The median of several hashes. */
  readonly ms: number;
}

export interface Calibration {
  readonly targetMs: number;
  readonly recommended: Measurement;
  /** False when even the min accepted cost takes longer. */
  readonly isWithinTarget: boolean;
  readonly measurements: readonly Measurement[];
}

const samples = 5;
const maxMeasurements = 8;
const maxPasses = 100;

/** Finds the max passes that stay within the time, with this memory: the time grows almost in proportion to the passes. */
export async function calibrate(
  { targetMs, memoryKib }: { readonly targetMs: number; readonly memoryKib: number },
  { measureHash, fewestPasses }: Pick<CliActions, 'measureHash' | 'fewestPasses'>,
): Promise<Calibration> {
  const measurements: Measurement[] = [];
  const measure = async (timeCost: number): Promise<Measurement> => {
    const cost = { memoryKib, timeCost, parallelism: 1 };
    const times: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) times.push(await measureHash(cost));
    const measurement = { cost, ms: times.sort((one, other) => one - other)[Math.floor(samples / 2)] ?? 0 };
    measurements.push(measurement);
    return measurement;
  };

  const min = fewestPasses(memoryKib) ?? maxPasses;
  await measureHash({ memoryKib, timeCost: min, parallelism: 1 }); // a warm-up: the first hash is slower than later ones
  let best = await measure(min);
  const isMeasured = (passes: number) => measurements.some(({ cost }) => cost.timeCost === passes);
  for (let last = best; measurements.length < maxMeasurements; ) {
    const passes = Math.max(min, Math.min(maxPasses, Math.floor((last.cost.timeCost * targetMs) / last.ms)));
    if (isMeasured(passes)) break;
    last = await measure(passes);
    if (last.ms <= targetMs && passes > best.cost.timeCost) best = last;
  }
  return { targetMs, recommended: best, isWithinTarget: best.ms <= targetMs, measurements };
}
