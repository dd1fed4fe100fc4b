import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../test/support/project-root.js';
import { Stopwatch } from '../load/stopwatch.js';
import { SocketClient, textFrame } from '../sockets/socket-client.js';
import { startOurs, startSibling } from '../subjects/start-ours.js';
import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';
import { unlimitedHost } from './measure-sockets.js';

const pairs = 64;
/** Events of one sender that are on their way. */
const window_ = 8;

/** Each user has a socket at one process, which sends, and one at another, which is told through Redis. */
export async function measureEvents({ infrastructure, seconds }: FigureContext): Promise<readonly Figure[]> {
  await using ours = await startOurs(infrastructure, { name: 'ours', checkout: projectRoot(), accounts: pairs, command: unlimitedHost });
  const { url, server } = await startSibling(infrastructure, ours, unlimitedHost);
  await using _sibling = server;
  using opened = new DisposableStack();
  const delays: number[] = [];
  let delivered = 0;
  for (const { accessToken } of ours.accounts) {
    const sender = opened.use(await SocketClient.open(ours.url, accessToken));
    const receiver = opened.use(await SocketClient.open(url, accessToken));
    sender.onText = () => {};
    const send = () => sender.send(textFrame(`{"type":"send","name":"bench","data":${performance.now()}}`));
    receiver.onText = (text) => {
      const [, sentAt] = /"data":([\d.]+)/.exec(text.toString('latin1')) ?? [];
      if (sentAt === undefined) return;
      delivered += 1;
      delays.push(performance.now() - Number(sentAt));
      send();
    };
    for (let count = 0; count < window_; count += 1) send();
  }
  await delay(1500);
  const [before, startedAt] = [delivered, performance.now()];
  delays.length = 0;
  const stopwatch = new Stopwatch({ sender: ours.watched.server ?? 0, receiver: server.pid, redis: ours.watched.redis ?? 0 });
  await delay(seconds * 1000);
  const perSecond = ((delivered - before) * 1000) / (performance.now() - startedAt);
  const { sender = 0, receiver = 0, redis = 0 } = stopwatch.read().cpuSeconds;
  const cpuMs = ((sender + receiver + redis) * 1000) / (delivered - before);
  const sorted = delays.sort((one, other) => one - other);
  return [
    { what: 'events, through Redis to another process', unit: 'deliveries/s', ours: perSecond, bar: { least: 10_000 } },
    { what: 'events, both processes and Redis', unit: 'cpu ms/delivery', ours: cpuMs },
    { what: 'events, p99', unit: 'ms', ours: sorted[Math.floor(sorted.length * 0.99)] ?? null },
  ];
}
