import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** The responses that a client with a session got meanwhile. */
export interface Seen {
  readonly statuses: ReadonlySet<number>;
  readonly count: number;
  readonly p99Ms: number;
}

/** An honest client in a thread of its own, so that what a test does beside it does not delay its clock. */
export async function startLatencyProbe(url: string, token: string): Promise<{ stop(): Promise<Seen> }> {
  const worker = new Worker(new URL('./latency-probe-thread.js', import.meta.url), { workerData: { url, token } });
  await once(worker, 'online');
  return {
    async stop() {
      worker.postMessage('stop');
      const [answers] = (await once(worker, 'message')) as [[status: number, ms: number][]];
      const sorted = answers.map(([, ms]) => ms).sort((one, other) => one - other);
      await worker.terminate();
      return {
        statuses: new Set(answers.map(([status]) => status)),
        count: answers.length,
        p99Ms: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0,
      };
    },
  };
}
