import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../test/support/project-root.js';
import { freePort } from '../../../test/support/servers/free-port.js';
import { Stopwatch } from '../load/stopwatch.js';
import { median } from '../median.js';
import { openCrowd, pingPong } from '../sockets/socket-crowd.js';
import { startChildServer } from '../subjects/child-server.js';
import { startBaseline } from '../subjects/start-baseline.js';
import { startOurs } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';
import { residentKib } from './memory-of.js';

interface SocketServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly tokens: readonly string[];
  /** Number of sockets whose memory is measured. */
  readonly idle: number;
}

/** Milliseconds of the server's processor time are for one socket, or for one ping. */
interface SocketRun {
  readonly connects: number;
  readonly connectMs: number;
  readonly pings: number;
  readonly pingMs: number;
}

const crowdSize = 1000;
const idleSize = 10_000;
/** Time for a server to finish its work for closed sockets, in milliseconds. */
const settleMs = 2000;
export const unlimitedHost = ['dist/tools/bench/subjects/unlimited-host.js'] as const;

/** Measures handshakes, pings of 1,000 sockets, and the memory of 10,000 idle sockets. The servers are busy in turn, round after round. */
export async function measureSockets(context: FigureContext): Promise<readonly Figure[]> {
  await using opened = new AsyncDisposableStack();
  const ours = opened.use(await startOurSockets(context));
  const floor = context.isAlone ? null : opened.use(await startFloorSockets(context));
  const baseline = context.isAlone || context.baseline === null ? null : opened.use(await startBaselineSockets(context, context.baseline));

  const servers = [ours, floor, baseline].filter((server) => server !== null);
  const memory = new Map<SocketServer, number>();
  for (const server of servers) memory.set(server, await memoryOfOne(server));
  const runs = new Map<SocketServer, SocketRun[]>(servers.map((server) => [server, []]));
  for (let round = 1; round <= context.rounds; round += 1) {
    for (const server of servers) runs.get(server)?.push(await busy(server, context.seconds));
  }

  const of = (figureOf: (server: SocketServer) => number) => ({
    ours: figureOf(ours),
    floor: floor && figureOf(floor),
    baseline: baseline && figureOf(baseline),
  });
  const medians = (figure: keyof SocketRun) => of((server) => median((runs.get(server) ?? []).map((run) => run[figure])));
  return [
    { what: 'sockets, connects', unit: 'sockets/s', ...medians('connects'), bar: { toBaseline: 2 } },
    { what: 'sockets, connects', unit: 'cpu ms/socket', ...medians('connectMs') },
    { what: 'sockets, ping to pong', unit: 'answers/s', ...medians('pings'), bar: { toBaseline: 2.2, toFloor: 0.75 } },
    { what: 'sockets, ping to pong', unit: 'cpu ms/answer', ...medians('pingMs') },
    { what: 'sockets, memory of an idle one', unit: 'KiB', ...of((server) => memory.get(server) ?? Number.NaN), bar: { max: 20 } },
  ];
}

async function startOurSockets({ infrastructure, profileFolder }: FigureContext): Promise<SocketServer> {
  const served = { command: unlimitedHost, profileFolder };
  const ours = await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: 32, ...served });
  const tokens = ours.accounts.map(({ accessToken }) => accessToken);
  return {
    url: ours.url,
    pid: ours.watched.server ?? 0,
    tokens,
    idle: idleSize,
    [Symbol.asyncDispose]: () => ours[Symbol.asyncDispose](),
  };
}

async function startBaselineSockets({ infrastructure }: FigureContext, folder: string): Promise<SocketServer> {
  const baseline = await startBaseline(infrastructure, { folder, accounts: 32 });
  const tokens = baseline.accounts.map(({ accessToken }) => accessToken);
  return {
    url: baseline.url,
    pid: baseline.watched.server ?? 0,
    tokens,
    idle: crowdSize,
    [Symbol.asyncDispose]: () => baseline[Symbol.asyncDispose](),
  };
}

async function startFloorSockets({ infrastructure }: FigureContext): Promise<SocketServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startChildServer({
    command: process.execPath,
    args: [join(projectRoot(), 'dist/tools/bench/floor/socket-floor.js')],
    env: { PORT: String(port) },
    cwd: infrastructure.folder,
    logFile: join(infrastructure.folder, 'socket-floor.log'),
    readyUrl: url,
  });
  return { url, pid: server.pid, tokens: ['any'], idle: idleSize, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** The memory of one idle socket. Runs before the busy ones: memory that those free would be reused, and not counted. */
async function memoryOfOne({ url, pid, tokens, idle }: SocketServer): Promise<number> {
  await openCrowd(url, tokens, 200).then((warm) => warm[Symbol.dispose]());
  const before = residentKib(pid);
  using crowd = await openCrowd(url, tokens, idle);
  await delay(1000);
  return (residentKib(pid) - before) / crowd.clients.length;
}

async function busy({ url, pid, tokens }: SocketServer, seconds: number): Promise<SocketRun> {
  await delay(settleMs);
  const stopwatch = new Stopwatch({ server: pid });
  using crowd = await openCrowd(url, tokens, crowdSize);
  const { server = 0 } = stopwatch.read().cpuSeconds;
  const { perSecond, cpuMs } = await pingPong(crowd, { pid, seconds });
  return { connects: crowd.connectsPerSecond, connectMs: (server * 1000) / crowdSize, pings: perSecond, pingMs: cpuMs };
}
