import { setTimeout as delay } from 'node:timers/promises';
import { Stopwatch } from '../load/stopwatch.js';
import { SocketClient, textFrame } from './socket-client.js';

/** Sockets that are open at once. */
export interface SocketCrowd extends Disposable {
  readonly clients: readonly SocketClient[];
  readonly connectsPerSecond: number;
}

const handshakesAtOnce = 64;

/** Opens `count` sockets, each with one of the tokens. */
export async function openCrowd(url: string, tokens: readonly string[], count: number): Promise<SocketCrowd> {
  const clients: SocketClient[] = [];
  const startedAt = performance.now();
  let started = 0;
  const lane = async () => {
    while (started < count) {
      started += 1;
      clients.push(await SocketClient.open(url, tokens[started % tokens.length] ?? ''));
    }
  };
  await Promise.all(Array.from({ length: handshakesAtOnce }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    clients,
    connectsPerSecond: count / seconds,
    [Symbol.dispose]: () => {
      for (const client of clients) client[Symbol.dispose]();
    },
  };
}

const ping = textFrame('{"type":"ping"}');

/** Every socket sends its next ping when it has its pong. Returns the pongs a second, and the server's processor time for each. */
export async function pingPong(
  { clients }: SocketCrowd,
  { pid, seconds }: { readonly pid: number; readonly seconds: number },
): Promise<{ readonly perSecond: number; readonly cpuMs: number }> {
  let answers = 0;
  for (const client of clients) {
    client.onText = () => {
      answers += 1;
      client.send(ping);
    };
    client.send(ping);
  }
  await delay(1000);
  const before = answers;
  const stopwatch = new Stopwatch({ server: pid });
  await delay(seconds * 1000);
  const measured = stopwatch.read();
  const answered = answers - before;
  for (const client of clients) client.onText = () => {};
  await delay(200);
  return { perSecond: answered / measured.seconds, cpuMs: ((measured.cpuSeconds.server ?? 0) * 1000) / answered };
}
