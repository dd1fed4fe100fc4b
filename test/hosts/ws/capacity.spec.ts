import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { expect } from 'chai';
import { startRedisServer } from '../../support/servers/redis-server.js';
import { bySize } from '../../support/test-size.js';
import { connect, type WsClient } from './support/ws-client.js';
import { startWsNode, type WsNode } from './support/ws-node-process.js';

/** Prints what was measured: the numbers are for people, the tests hold only that it works. */
const print = (line: string) => console.log(`      ${line}`);

/** `10 000` for 10000. */
const grouped = (count: number): string => String(count).replace(/(?<=\d)(?=000$)/, ' ');

const idleSockets = bySize({ short: 1000, long: 10_000 });
const talkers = bySize({ short: 200, long: 1000 });
const talkMs = bySize({ short: 1000, long: 3000 });

describe('one process under load', () => {
  it(`holds ${grouped(idleSockets)} idle sockets`, async () => {
    await using redis = await startRedisServer();
    await using node = await startWsNode({ redisPort: redis.port, users: 1000 });
    const { token: _, ...session } = await node.signIn('1');
    expect(session.userId).to.equal('1');
    const tokens = await Promise.all(Array.from({ length: 1000 }, async (_unused, index) => (await node.signIn(String(index + 1))).token));
    const before = await node.memory();
    const sockets: Socket[] = [];
    const startedAt = performance.now();
    while (sockets.length < idleSockets)
      sockets.push(
        ...(await Promise.all(Array.from({ length: 250 }, (_unused, index) => idle(node, tokens[(sockets.length + index) % 1000] ?? '')))),
      );
    const seconds = (performance.now() - startedAt) / 1000;
    const after = await node.memory();
    expect(after.sockets).to.equal(idleSockets);
    const perSocket = (kind: 'heapUsed' | 'rss') => ((after[kind] - before[kind]) / idleSockets / 1024).toFixed(1);
    print(
      `${grouped(idleSockets)} idle sockets in ${seconds.toFixed(1)} s: ${perSocket('rss')} KiB of memory each, ${perSocket('heapUsed')} KiB of it heap`,
    );
    await using client = await connect(node.url, { token: tokens[0] ?? '' });
    await client.next('welcome');
    await node.publish('1', 'n');
    await client.next('event');
    for (const socket of sockets) socket.destroy();
  }).timeout(120_000);

  it(`echoes the messages of ${talkers} sockets`, async () => {
    await using redis = await startRedisServer();
    await using node = await startWsNode({ redisPort: redis.port, users: talkers });
    const clients: WsClient[] = [];
    for (let user = 1; user <= talkers; user++) {
      const { token } = await node.signIn(String(user));
      clients.push(await connect(node.url, { token }));
    }
    for (const client of clients) await client.next('welcome');
    for (const [title, message, answer] of [
      ['answered', '{"type":"ping"}', 'pong'],
      ['sent by Redis to the socket they came from', '{"type":"send","name":"n","data":{"n":1}}', 'event'],
    ] as const) {
      const { count, seconds } = await echo(clients, message, answer, talkMs);
      print(`${talkers} sockets: ${Math.round(count / seconds)} messages a second ${title}`);
      expect(count).to.be.greaterThan(talkers);
    }
    for (const client of clients) client.socket.terminate();
  }).timeout(120_000);
});

/** A socket that does nothing: without a library, for 10 000 of which there is no room. */
async function idle(node: WsNode, token: string): Promise<Socket> {
  const socket = connectTcp(node.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const fields = [
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`GET /ws HTTP/1.1\r\n${fields.join('\r\n')}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  let text = '';
  while (!text.includes('"welcome"')) text += String((await once(socket, 'data'))[0]);
  socket.resume();
  return socket;
}

/** Each client has one message on its way, at the pace that the protocol allows: 20 a second. */
async function echo(
  clients: readonly WsClient[],
  message: string,
  answer: string,
  ms: number,
): Promise<{ count: number; seconds: number }> {
  const startedAt = performance.now();
  const counts = await Promise.all(
    clients.map(async (client) => {
      let count = 0;
      while (performance.now() - startedAt < ms) {
        client.say(message);
        await client.next(answer);
        count += 1;
        const ahead = startedAt + count * 50 - performance.now();
        if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
      }
      return count;
    }),
  );
  return { count: counts.reduce((sum, count) => sum + count, 0), seconds: (performance.now() - startedAt) / 1000 };
}
