import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../test/support/project-root.js';
import { Stopwatch } from '../load/stopwatch.js';
import { SocketClient, textFrame } from '../sockets/socket-client.js';
import { startOurs, startSibling } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';
import { unlimitedHost } from './measure-sockets.js';

const pairs = 64;
/** Max number of events of one sender in flight. */
const window_ = 8;

/**
 * Each user has a socket at one process, which sends, and one at another process, which receives through Redis. Only events that reach the
 * second socket are counted. The sender's own socket also receives each event, through its process: that is work, but is not counted.
 */
export async function measureEvents({ infrastructure, seconds, profileFolder }: FigureContext): Promise<readonly Figure[]> {
  const served = { command: unlimitedHost, profileFolder };
  await using ours = await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: pairs, ...served });
  const { url, server } = await startSibling(infrastructure, ours, served);
  await using _sibling = server;
  using opened = new DisposableStack();
  const delays: number[] = [];
  for (const { accessToken } of ours.accounts) {
    const sender = opened.use(await SocketClient.open(ours.url, accessToken));
    const receiver = opened.use(await SocketClient.open(url, accessToken));
    sender.onText = () => {};
    const send = () => sender.send(textFrame(`{"type":"send","name":"bench","data":${performance.now()}}`));
    receiver.onText = (text) => {
      const [, sentAt] = /"data":([\d.]+)/.exec(text.toString('latin1')) ?? [];
      if (sentAt === undefined) return;
      delays.push(performance.now() - Number(sentAt));
      send();
    };
    for (let count = 0; count < window_; count += 1) send();
  }
  await delay(1500);
  delays.length = 0;
  const stopwatch = new Stopwatch({ sender: ours.watched.server ?? 0, receiver: server.pid, redis: ours.watched.redis ?? 0 });
  const generated = process.cpuUsage();
  await delay(seconds * 1000);
  const { seconds: measured, cpuSeconds } = stopwatch.read();
  const { user, system } = process.cpuUsage(generated);
  const delivered = delays.length;
  const sorted = delays.toSorted((one, other) => one - other);
  const { sender = 0, receiver = 0, redis = 0 } = cpuSeconds;
  const cost = (what: string, cpu: number): Figure => ({
    what: `events, ${what}`,
    unit: 'cpu ms/delivery',
    ours: (cpu * 1000) / delivered,
  });
  const within = (share: number): Figure => ({
    what: `events, p${share * 100}`,
    unit: 'ms',
    ours: sorted[Math.floor(delivered * share)] ?? null,
  });
  return [
    { what: 'events, through Redis to another process', unit: 'deliveries/s', ours: delivered / measured, bar: { min: 10_000 } },
    cost('both processes and Redis', sender + receiver + redis),
    cost('the process that sends', sender),
    cost('the process that is told', receiver),
    cost('Redis', redis),
    cost('the load generator', (user + system) / 1e6),
    within(0.5),
    within(0.99),
  ];
}
