import { type ApiAnswer, type ApiRequest, apiClient } from '../../../support/api-client.js';
import { type RunningServer, startServer } from '../../../support/running-server.js';
import { eventually } from '../../support/phone.js';
import type { Stage } from '../../support/stage.js';

/** A line of the log. */
export interface LogLine {
  readonly time: string;
  readonly msg: string;
  readonly worker?: number;
  readonly workerPid?: number;
  readonly waitMs?: number;
  readonly route?: string;
  readonly status?: number;
}

/** A primary with its workers. */
export interface Crew extends RunningServer {
  lines(msg: string): readonly LogLine[];
  /** The process that has a seat, as of its last start. */
  pidOf(seat: number): number;
  /** On a connection of its own, and so to the worker whose turn it is. */
  ask(method: string, path: string, request?: ApiRequest): Promise<ApiAnswer>;
  /** The value of one series in a scrape. */
  counted(series: string): Promise<number>;
}

export const timeoutMs = 20_000;

/** Starts two workers, unless `args` differ, and waits until all serve. */
export async function startCrew({ env, cwd }: Pick<Stage, 'env' | 'cwd'>, args = ['serve', 'rest', '--workers', '2']): Promise<Crew> {
  const server = await startServer({ env, cwd, args });
  const lines = (msg: string): LogLine[] =>
    server
      .output()
      .split('\n')
      // a cast: whatever is a line of the log has these
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as LogLine] : []))
      .filter((line) => line.msg === msg);
  await eventually(
    async () => lines('workers started'),
    (started) => started.length === 1,
    timeoutMs,
  );
  const ask = (method: string, path: string, request: ApiRequest = {}) =>
    apiClient(server.url).request(method, path, { ...request, headers: { connection: 'close', ...request.headers } });
  return {
    ...server,
    lines,
    ask,
    pidOf: (seat) => lines('worker listens').findLast(({ worker }) => worker === seat)?.workerPid ?? 0,
    counted: async (series) => {
      const { text } = await ask('GET', '/metrics');
      const line = text.split('\n').find((each) => each.startsWith(`${series} `));
      return line === undefined ? Number.NaN : Number(line.slice(series.length));
    },
  };
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
