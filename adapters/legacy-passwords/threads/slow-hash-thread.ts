import { serveJobs } from '../../concurrency/serve-jobs.js';
import { computeSlowHash } from './slow-hash.js';

/** What a thread of `SlowHashThreads` runs. */
serveJobs(computeSlowHash);
