import { once } from 'node:events';
import { Agent, type RequestListener, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type RestServer, startRestServer } from '../../../hosts/rest/rest-server.js';
import { itInTime } from '../../support/it-in-time.js';

const slow: RequestListener = (_request, response) => {
  setTimeout(() => response.end('done'), 200);
};
const start = (app: RequestListener = (_request, response) => void response.end('ok')) =>
  startRestServer(app, { host: '127.0.0.1', port: 0 });

describe('The REST server', () => {
  it('listens on the given address, and returns its URL', async () => {
    const server = await start();
    expect(server.url).to.equal(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(server.url)).text()).to.equal('ok');
    await server.close(1000);
  });

  it('rejects where the address is taken', async () => {
    const server = await start();
    const second = await startRestServer(() => {}, { host: '127.0.0.1', port: server.port }).catch((error: unknown) => error);
    expect(second).to.have.property('code', 'EADDRINUSE');
    await server.close(0);
  });

  itInTime('finishes its requests, and closes connections as they become idle, long before the end of the grace period', async () => {
    const server = await start(slow);
    const agent = new Agent({ keepAlive: true });
    const idle = await get(server, agent);
    const inFlight = get(server, agent);
    await delay(50);
    const startedAt = performance.now();
    const closed = server.close(10_000);
    expect(await inFlight).to.equal('done');
    await closed;
    expect(idle).to.equal('done');
    expect(performance.now() - startedAt).to.be.below(2000);
    agent.destroy();
    expect(await fetch(server.url).catch(() => 'refused')).to.equal('refused');
  });

  it('sends Connection: close to a kept-alive client with the next response', async () => {
    const server = await start(slow);
    const socket = connect(server.port, '127.0.0.1');
    const head = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n';
    socket.write(head);
    await delay(50);
    const closed = server.close(10_000);
    socket.write(head);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    await once(socket, 'close');
    await closed;
    expect(answer).to.contain('Connection: close');
  });

  itInTime(
    'cuts the remaining connections at the end of the grace period: a silent request, a slow one, an upgraded connection',
    async () => {
      const server = await start(() => {});
      server.httpServer.on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
      const open = [
        'GET / HTTP/1.1\r\nHost: test\r\n\r\n',
        'GET / HTT',
        'GET / HTTP/1.1\r\nHost: test\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      ].map((text) => {
        const socket = connect(server.port, '127.0.0.1');
        socket.on('error', () => {});
        socket.resume();
        socket.write(text);
        return socket;
      });
      await delay(50);
      const gone = Promise.all(open.map((socket) => once(socket, 'close')));
      const startedAt = performance.now();
      await Promise.all([server.close(10_000), server.close(200)]);
      await gone;
      expect(performance.now() - startedAt).to.be.within(150, 2000);
    },
  );

  it('gives slow clients limits', async () => {
    const { httpServer, close } = await start();
    expect(httpServer.headersTimeout).to.be.within(1000, 15_000);
    expect(httpServer.requestTimeout).to.be.within(httpServer.headersTimeout, 60_000);
    expect(httpServer.keepAliveTimeout).to.be.above(60_000);
    expect(httpServer.maxHeadersCount).to.equal(100);
    await close(0);
  });
});

async function get({ port }: RestServer, agent: Agent): Promise<string> {
  const sent = request({ host: '127.0.0.1', port, agent }).end();
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}
