import { workerData } from 'node:worker_threads';
import { serveJobs } from '../../concurrency/serve-jobs.js';
import { type Argon2Library, openNodeRs, openReference } from '../argon2-library.js';
import type { Argon2Job, TimedDigest } from './argon2-threads.js';

const open: Record<Argon2Library['name'], () => Argon2Library | null> = { '@node-rs/argon2': openNodeRs, argon2: openReference };
const library = open[workerData as Argon2Library['name']]() ?? openReference();

/** What a thread of `Argon2Threads` runs. */
serveJobs(async ({ password, task }: Argon2Job): Promise<TimedDigest> => {
  const startedAt = performance.now();
  const digest = await library.digestHere(password, { ...task, salt: Buffer.from(task.salt) });
  return { digest, ms: performance.now() - startedAt };
});
