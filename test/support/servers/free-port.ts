import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which the kernel takes the ports of outgoing connections. */
const firstPort = 15_000;
/** Each job of a parallel run has a range of its own, so that two jobs never take the same port at once. */
const portsPerJob = 1000;
const jobRanges = 17;
const job = Number(process.env['MOCHA_WORKER_ID'] ?? 0) % jobRanges;

/** Module state: a port that was handed out, whose server a test may keep down, does not come again soon. */
let handedOut = randomInt(portsPerJob);

/** A free TCP port of 127.0.0.1. No outgoing connection can occupy it while a test keeps its server down. */
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
