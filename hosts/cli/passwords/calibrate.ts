import type { CliActions, HashCost } from '../cli-actions.js';

export interface Measurement {
  readonly cost: HashCost;
  /** Of several hashes the one in the middle. */
  readonly ms: number;
}

export interface Calibration {
  readonly targetMs: number;
  readonly recommended: Measurement;
  /** False when already the least that is accepted takes longer. */
  readonly isWithinTarget: boolean;
  readonly measurements: readonly Measurement[];
}

const samples = 5;
const mostMeasurements = 8;
const mostPasses = 100;

/** Finds the most passes that stay within the time, with so much memory: the time grows with them nearly in proportion. */
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

  const least = fewestPasses(memoryKib) ?? mostPasses;
  await measureHash({ memoryKib, timeCost: least, parallelism: 1 }); // the first one pays for what the others find ready
  let best = await measure(least);
  const isMeasured = (passes: number) => measurements.some(({ cost }) => cost.timeCost === passes);
  for (let last = best; measurements.length < mostMeasurements; ) {
    const passes = Math.max(least, Math.min(mostPasses, Math.floor((last.cost.timeCost * targetMs) / last.ms)));
    if (isMeasured(passes)) break;
    last = await measure(passes);
    if (last.ms <= targetMs && passes > best.cost.timeCost) best = last;
  }
  return { targetMs, recommended: best, isWithinTarget: best.ms <= targetMs, measurements };
}
