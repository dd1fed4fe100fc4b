import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../test/support/project-root.js';
import { freePort } from '../../../test/support/servers/free-port.js';
import { openCrowd, pingPong } from '../sockets/socket-crowd.js';
import { startChildServer } from '../subjects/child-server.js';
import { startBaseline } from '../subjects/start-baseline.js';
import { startOurs } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';
import { residentKib } from './memory-of.js';

interface SocketRun {
  readonly connects: number;
  readonly pings: number;
  /** Milliseconds of the server's processor time for one ping. */
  readonly pingMs: number;
  /** KiB a socket. */
  readonly memory: number;
}

interface SocketServer {
  readonly url: string;
  readonly pid: number;
  readonly tokens: readonly string[];
}

const crowdSize = 1000;
const idleSize = 10_000;
export const unlimitedHost = ['dist/tools/bench/subjects/unlimited-host.js'] as const;

/** Handshakes, pings of 1,000 sockets, and the memory of 10,000 that say nothing. */
export async function measureSockets(context: FigureContext): Promise<readonly Figure[]> {
  const ours = await oursRun(context);
  const floor = await floorRun(context);
  const baseline = context.baseline === null ? null : await baselineRun(context, context.baseline);
  const of = (figure: keyof SocketRun) => ({ ours: ours[figure], floor: floor[figure], baseline: baseline?.[figure] ?? null });
  return [
    { what: 'sockets, connects', unit: 'sockets/s', ...of('connects'), bar: { toBaseline: 2 } },
    { what: 'sockets, ping to pong', unit: 'answers/s', ...of('pings'), bar: { toBaseline: 2.2, toFloor: 0.75 } },
    { what: 'sockets, ping to pong', unit: 'cpu ms/answer', ...of('pingMs') },
    { what: 'sockets, memory of an idle one', unit: 'KiB', ...of('memory'), bar: { most: 20 } },
  ];
}

async function oursRun({ infrastructure, seconds, profileFolder }: FigureContext): Promise<SocketRun> {
  const served = { command: unlimitedHost, profileFolder };
  await using ours = await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: 32, ...served });
  return await run(
    { url: ours.url, pid: ours.watched.server ?? 0, tokens: ours.accounts.map(({ accessToken }) => accessToken) },
    seconds,
    idleSize,
  );
}

async function baselineRun({ infrastructure, seconds }: FigureContext, folder: string): Promise<SocketRun> {
  await using baseline = await startBaseline(infrastructure, { folder, accounts: 32 });
  const tokens = baseline.accounts.map(({ accessToken }) => accessToken);
  return await run({ url: baseline.url, pid: baseline.watched.server ?? 0, tokens }, seconds, crowdSize);
}

async function floorRun({ infrastructure, seconds }: FigureContext): Promise<SocketRun> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await using server = await startChildServer({
    command: process.execPath,
    args: [join(projectRoot(), 'dist/tools/bench/floor/socket-floor.js')],
    env: { PORT: String(port) },
    cwd: infrastructure.folder,
    logFile: join(infrastructure.folder, 'socket-floor.log'),
    readyUrl: url,
  });
  return await run({ url, pid: server.pid, tokens: ['any'] }, seconds, idleSize);
}

async function run({ url, pid, tokens }: SocketServer, seconds: number, idleCount: number): Promise<SocketRun> {
  await openCrowd(url, tokens, 200).then((warm) => warm[Symbol.dispose]());
  const memory = await memoryOfOne({ url, pid, tokens }, idleCount);
  return { ...(await busy({ url, pid, tokens }, seconds)), memory };
}

/** Of sockets that have said nothing yet. Before the busy ones: what those leave free would be counted as nothing. */
async function memoryOfOne({ url, pid, tokens }: SocketServer, count: number): Promise<number> {
  const before = residentKib(pid);
  using idle = await openCrowd(url, tokens, count);
  await delay(1000);
  return (residentKib(pid) - before) / idle.clients.length;
}

async function busy({ url, pid, tokens }: SocketServer, seconds: number): Promise<Omit<SocketRun, 'memory'>> {
  using crowd = await openCrowd(url, tokens, crowdSize);
  const { perSecond, cpuMs } = await pingPong(crowd, { pid, seconds });
  return { connects: crowd.connectsPerSecond, pings: perSecond, pingMs: cpuMs };
}
