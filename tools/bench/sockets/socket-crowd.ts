import { setTimeout as delay } from 'node:timers/promises';
import { SocketClient, textFrame } from './socket-client.js';

/** Sockets that are open at once. */
export interface SocketCrowd extends Disposable {
  readonly clients: readonly SocketClient[];
  readonly connectsPerSecond: number;
}

const handshakesAtOnce = 64;

/** Opens so many, each with one of the tokens. */
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

/** Every socket sends its next ping when it has its answer; answers a second. */
export async function pingPong({ clients }: SocketCrowd, seconds: number): Promise<number> {
  let answers = 0;
  for (const client of clients) {
    client.onText = () => {
      answers += 1;
      client.send(ping);
    };
    client.send(ping);
  }
  await delay(1000);
  const [before, startedAt] = [answers, performance.now()];
  await delay(seconds * 1000);
  const perSecond = ((answers - before) * 1000) / (performance.now() - startedAt);
  for (const client of clients) client.onText = () => {};
  await delay(200);
  return perSecond;
}
