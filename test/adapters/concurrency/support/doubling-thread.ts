import { setTimeout as delay } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { serveJobs } from '../../../../adapters/concurrency/serve-jobs.js';

export interface Doubling {
  readonly number: number;
  /** What it takes: the thread is busy meanwhile, or its event loop is free. */
  readonly ms: number;
  readonly isBusy: boolean;
}

export interface Doubled {
  readonly doubled: number;
  /** How many were being doubled. */
  readonly atOnce: number;
  readonly threadId: number;
}

let running = 0;

/** Fails at a negative number, and breaks at 13. */
serveJobs(async ({ number, ms, isBusy }: Doubling): Promise<Doubled> => {
  if (number < 0) throw new RangeError(`${number} is below zero`);
  if (number === 13) process.exit(1);
  running += 1;
  if (isBusy) keepBusy(ms);
  else await delay(ms);
  running -= 1;
  return { doubled: number * 2, atOnce: running + 1, threadId };
});

function keepBusy(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}
