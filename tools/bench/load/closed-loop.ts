import { type Answer, Connection } from './connection.js';
import { Stopwatch, type Watched } from './stopwatch.js';

/** The source of the requests of one run. */
export interface Traffic {
  /** Returns the next request of a connection. Its last response has already been passed to `seen`. */
  next(connection: number): string;
  /** Receives each successful response. */
  seen?(connection: number, answer: Answer): void;
}

export interface LoopOptions {
  readonly url: string;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly watched: Watched;
  readonly traffic: Traffic;
}

/** The result of one run. */
export interface Run {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Milliseconds of processor time per request, of each watched process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** Number of responses that were not 2xx, and the first of them. */
  readonly failures: number;
  readonly failure: string | null;
}

/** Every connection sends its next request as soon as it has its response. */
export async function closedLoop(options: LoopOptions): Promise<Run> {
  const { url, connections, warmUpSeconds, seconds, watched, traffic } = options;
  using opened = new DisposableStack();
  const all = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
  for (const connection of all) opened.use(connection);

  const startsAt = performance.now() + warmUpSeconds * 1000;
  const endsAt = startsAt + seconds * 1000;
  const latencies: number[] = [];
  const failures: string[] = [];
  let stopwatch: Stopwatch | null = null;

  await Promise.all(
    all.map(async (connection, index) => {
      for (let sentAt = performance.now(); sentAt < endsAt; ) {
        if (stopwatch === null && sentAt >= startsAt) stopwatch = new Stopwatch(watched);
        const answer = await connection.send(traffic.next(index));
        const answeredAt = performance.now();
        if (answer.status >= 200 && answer.status < 300) {
          traffic.seen?.(index, answer);
          if (stopwatch !== null) latencies.push(answeredAt - sentAt);
        } else {
          failures.push(`${answer.status} ${answer.body.slice(0, 200)}`);
          if (answer.status === 0) return;
        }
        sentAt = answeredAt;
      }
    }),
  );
  return runFrom(latencies, failures, stopwatch ?? new Stopwatch(watched));
}

/** Ends a run: summarizes the results since the stopwatch was started. Latencies are in milliseconds. */
export function runFrom(latencies: number[], failures: readonly string[], stopwatch: Stopwatch): Run {
  const { seconds, cpuSeconds } = stopwatch.read();
  const requests = latencies.length;
  const sorted = latencies.sort((one, other) => one - other);
  const quantile = (share: number) => sorted[Math.floor(share * (requests - 1))] ?? Number.NaN;
  return {
    requests,
    perSecond: requests / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    cpuMs: Object.fromEntries(Object.entries(cpuSeconds).map(([name, spent]) => [name, (spent * 1000) / requests])),
    failures: failures.length,
    failure: failures[0] ?? null,
  };
}
