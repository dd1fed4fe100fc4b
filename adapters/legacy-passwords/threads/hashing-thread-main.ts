import { parentPort } from 'node:worker_threads';
import { computeSlowHash, type SlowHash } from './slow-hash.js';

/** What a thread of `HashingThreads` runs: one hash a message, and its last field for an answer. */
parentPort?.on('message', (slowHash: SlowHash) => parentPort?.postMessage(computeSlowHash(slowHash)));
