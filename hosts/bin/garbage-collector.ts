import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects at once; everything stands still meanwhile. */
export type GarbageCollector = (options: { readonly type: 'major' | 'minor'; readonly flavor?: 'last-resort' }) => void;

/** V8's own, which a program is only given on request; null where it refuses. */
export function garbageCollector(): GarbageCollector | null {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // else what V8 compiled could not be kept: it only fits the flags that it was made with
  setFlagsFromString('--no-expose-gc');
  // a cast: V8 exposes nothing else by this name
  return typeof collect === 'function' ? (collect as GarbageCollector) : null;
}
