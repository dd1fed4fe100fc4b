import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range of ports that the kernel uses for outgoing connections. */
const firstPort = 15_000;
/** Each job of a parallel run has its own range, so that two jobs never use the same port at once. */
const portsPerJob = 1000;
const jobRanges = 17;
const job = Number(process.env['MOCHA_WORKER_ID'] ?? 0) % jobRanges;

/** Module state: a port that was returned is not returned again soon, since a test may stop its server for a while. */
let handedOut = randomInt(portsPerJob);

/** Returns a free TCP port of 127.0.0.1. No outgoing connection can use it while a test has stopped its server. */
export async function freePort(): Promise<number> {
  for (;;) {
    handedOut += 1;
    const port = firstPort + job * portsPerJob + (handedOut % portsPerJob);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
