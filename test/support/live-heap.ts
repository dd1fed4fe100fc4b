import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const minPauseMs = 200;
/** The pause between two samples, as a multiple of a collection's duration: sampling costs a tenth of the time at most. */
const pauseFactor = 10;

export interface HeapGrowth<Result> {
  readonly result: Result;
  /** Max growth of the reachable heap, in MiB. Garbage does not count, so the result does not depend on the collector's timing. */
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

/** Reachable memory of buffers outside the heap, in MiB. The second collection frees the buffers that the first found unreachable. */
export function liveBuffersMib(): number {
  const collect = garbageCollector();
  collect();
  collect();
  return process.memoryUsage().arrayBuffers / 2 ** 20;
}

/** V8's own function, which a program gets only from a context that was created with the flag. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // a cast: the flag defines it
  setFlagsFromString('--no-expose-gc');
  return collect;
}
