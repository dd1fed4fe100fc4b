import type { Config } from '../config/config.js';
import type { WorkerSeat } from './worker-seat.js';

/** What a process may hash at once and let wait, so that all workers together do what the configuration says; each hashes one at least. */
export function shareOfHashing(
  { hashing, http }: Pick<Config, 'hashing' | 'http'>,
  seat: Pick<WorkerSeat, 'index'> | null,
): Config['hashing'] {
  if (seat === null) return hashing;
  const share = (whole: number) => Math.floor(whole / http.workers) + (seat.index < whole % http.workers ? 1 : 0);
  return { ...hashing, concurrency: Math.max(1, share(hashing.concurrency)), queue: share(hashing.queue) };
}
