import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const minPauseMs = 200;
/** Between two samples, in durations of a collection: sampling costs a tenth of the time at most. */
const pauseFactor = 10;

export interface HeapGrowth<Result> {
  readonly result: Result;
  /** Largest growth of what is reachable, in MiB: garbage does not count, so that the collector's timing does not either. */
  readonly peakMib: number;
}

/** Runs `work` and samples the heap meanwhile, each time after a full collection. */
export async function liveHeapGrowth<Result>(work: () => Promise<Result>): Promise<HeapGrowth<Result>> {
  const collect = garbageCollector();
  const liveBytes = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const start = liveBytes();
  let peak = 0;
  const sample = () => {
    const startedAt = performance.now();
    peak = Math.max(peak, liveBytes() - start);
    timer = setTimeout(sample, Math.max(minPauseMs, pauseFactor * (performance.now() - startedAt)));
  };
  let timer = setTimeout(sample, minPauseMs);
  try {
    return { result: await work(), peakMib: Math.round(peak / 2 ** 20) };
  } finally {
    clearTimeout(timer);
  }
}

/** What reachable buffers hold outside the heap, in MiB: the second collection frees what the first found unreachable. */
export function liveBuffersMib(): number {
  const collect = garbageCollector();
  collect();
  collect();
  return process.memoryUsage().arrayBuffers / 2 ** 20;
}

/** V8's own, which a program gets only from a context that was made with the flag. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // a cast: what the flag gives
  setFlagsFromString('--no-expose-gc');
  return collect;
}
