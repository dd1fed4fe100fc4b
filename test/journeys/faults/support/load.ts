import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { seededNumbers } from '../../../support/seeded-numbers.js';
import { eventually } from '../../support/phone.js';
import { HonestClient, type Judged } from './honest-client.js';

export interface LoadOptions {
  /** The server for the next request; called before each request. */
  readonly url: () => string;
  readonly clients?: number;
  readonly seed?: number;
  /** Rest between two requests of a client. */
  readonly pauseMs?: number;
}

/** Clients that continue after any response, each with its own account, and that record everything. */
export interface Load extends AsyncDisposable {
  readonly clients: readonly HonestClient[];
  readonly answers: readonly Judged[];
  /** Waits until every client was served three times in a row, with requests that start now; returns how long it took, in milliseconds. */
  served(withinMs: number): Promise<number>;
  stop(): Promise<void>;
}

export function startLoad({ url, clients: count = 6, seed = 1, pauseMs = 15 }: LoadOptions): Load {
  const lateness = watchLateness();
  const clients = Array.from({ length: count }, (_, index) => {
    return new HonestClient({ url, random: seededNumbers(seed * 1000 + index), lateMs: lateness.ms });
  });
  let isOver = false;
  const running = Promise.all(
    clients.map(async (client) => {
      while (!isOver) {
        await client.step();
        await delay(pauseMs);
      }
    }),
  ).finally(lateness.stop);
  running.catch(() => {}); // the caller that stops the load gets the error
  return {
    clients,
    get answers() {
      return clients.flatMap(({ answers }) => answers);
    },
    async served(withinMs) {
      const since = performance.now();
      const isServed = ({ answers }: HonestClient) => {
        const last = answers.filter(({ startedAt }) => startedAt >= since).slice(-3);
        return last.length === 3 && last.every(({ status }) => status < 300);
      };
      await eventually(
        async () => clients.filter((client) => !isServed(client)).map(({ answers }) => answers.at(-1)),
        (unserved) => unserved.length === 0,
        withinMs,
      );
      return performance.now() - since;
    },
    async stop() {
      isOver = true;
      await running;
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await running.catch(() => {});
    },
  };
}

/** How late this process is with what it has to do, in milliseconds so far: of a machine that stood still the service knows nothing. */
function watchLateness(): { ms(): number; stop(): void } {
  const everyMs = 50;
  let [late, last] = [0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    late += Math.max(0, now - last - 2 * everyMs);
    last = now;
  }, everyMs);
  return { ms: () => late, stop: () => clearInterval(timer) };
}

/** Max time of a promised response, and the delay of a busy machine. */
const longestMs = 3000 + 1500;

/**
 * Every response was as the contract requires: success, or 503 with `Retry-After`, and in time. Only where a process of the product itself
 * was ended may a request stay without a response.
 */
export function expectContract(answers: readonly Judged[], { mayBreak = false } = {}): void {
  expect(answers.length).to.be.greaterThan(0);
  const wrong = answers.filter(({ status, code, retryAfter, isExpected }) => {
    if (status === 0) return !mayBreak;
    if (status === 503) return (code !== 'dependency_unavailable' && code !== 'overloaded') || retryAfter === null;
    return !isExpected;
  });
  expect(wrong.slice(0, 5)).to.deep.equal([]);
  const slowest = slowestOf(answers);
  expect(slowest?.ms ?? 0, JSON.stringify(slowest)).to.be.below(longestMs);
}

/** There are too many, after ten minutes, for arguments of `Math.max`. */
const slowestOf = (answers: readonly Judged[]): Judged | undefined => answers.toSorted((one, other) => other.ms - one.ms)[0];

/** For the report of a test. */
export function summary(answers: readonly Judged[]): string {
  const counts = Object.entries(Object.groupBy(answers, ({ status }) => String(status)));
  return `${counts.map(([status, list]) => `${list?.length} × ${status}`).join(', ')}; slowest ${Math.round(slowestOf(answers)?.ms ?? 0)} ms`;
}
