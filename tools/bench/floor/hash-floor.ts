import { availableParallelism } from 'node:os';
import { argon2id, hash, verify } from 'argon2';
import type { Run } from '../load/closed-loop.js';
import { Stopwatch } from '../load/stopwatch.js';

/**
 * Argon2 and nothing else, as fast as the library goes: as many threads as cores, none of them ever idle. Takes seconds to run and
 * what to do, `verify` or `hash`; prints a `Run`. Started with `UV_THREADPOOL_SIZE` set to the number of cores.
 */
const [seconds = '5', operation = 'verify'] = process.argv.slice(2);
const parameters = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const password = 'correct horse battery 9';
const stored = await hash(password, parameters);
const work = operation === 'hash' ? () => hash(password, parameters) : () => verify(stored, password);

const stopwatch = new Stopwatch({ server: process.pid });
const endsAt = performance.now() + Number(seconds) * 1000;
const latencies: number[] = [];
const worker = async () => {
  for (let startedAt = performance.now(); startedAt < endsAt; ) {
    await work();
    const endedAt = performance.now();
    latencies.push(endedAt - startedAt);
    startedAt = endedAt;
  }
};
await Promise.all(Array.from({ length: availableParallelism() * 2 }, worker));

const { seconds: taken, cpuSeconds } = stopwatch.read();
const requests = latencies.length;
latencies.sort((one, other) => one - other);
const run: Run = {
  requests,
  perSecond: requests / taken,
  p50Ms: latencies[Math.floor(requests / 2)] ?? 0,
  p99Ms: latencies[Math.floor(requests * 0.99)] ?? 0,
  cpuMs: { server: ((cpuSeconds.server ?? 0) * 1000) / requests },
  failures: 0,
  failure: null,
};
process.stdout.write(`${JSON.stringify(run)}\n`);
