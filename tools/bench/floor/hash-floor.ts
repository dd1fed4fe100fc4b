import { argon2 } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { openArgon2, openNodeRs, openReference } from '../../../adapters/argon2/argon2-library.js';
import { argon2OfToday } from '../../../adapters/argon2/argon2-parameters.js';
import { type Run, runFrom } from '../load/closed-loop.js';
import { Stopwatch } from '../load/stopwatch.js';

/**
 * Runs only Argon2id (m=19456, t=2, p=1), at the max speed of an implementation: as many threads as cores, none ever idle. Arguments:
 * seconds, and the implementation (default: the server's). Prints a `Run`, or null where the implementation has no binary. Start it with
 * `UV_THREADPOOL_SIZE` set to the number of cores.
 */
const [seconds = '5', implementation = 'ours'] = process.argv.slice(2);
const [password, salt] = ['correct horse battery 9', Buffer.from('0123456789abcdef')];
const task = { ...argon2OfToday, memoryKib: 19_456, timeCost: 2, parallelism: 1, salt, digestBytes: 32 } as const;

const hash = hashBy(implementation);
process.stdout.write(`${JSON.stringify(hash === null ? null : await run(hash))}\n`);

function hashBy(name: string): (() => Promise<Buffer>) | null {
  if (name === 'node:crypto') {
    const parameters = { message: password, nonce: salt, parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
    return () => promisify(argon2)('argon2id', parameters);
  }
  const open = { ours: openArgon2, '@node-rs/argon2': openNodeRs, argon2: openReference }[name];
  const library = open?.() ?? null;
  return library === null ? null : () => library.digest(password, task);
}

async function run(once: () => Promise<Buffer>): Promise<Run> {
  await once();
  const stopwatch = new Stopwatch({ server: process.pid });
  const endsAt = performance.now() + Number(seconds) * 1000;
  const latencies: number[] = [];
  const lane = async () => {
    for (let startedAt = performance.now(); startedAt < endsAt; ) {
      await once();
      const endedAt = performance.now();
      latencies.push(endedAt - startedAt);
      startedAt = endedAt;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() * 2 }, lane));
  return runFrom(latencies, [], stopwatch);
}
