import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { NodeRandom } from '../../../adapters/node-crypto/node-random.js';
import { startWsServer, type WsServer } from '../../../hosts/ws/ws-server.js';
import { connect } from './support/ws-client.js';
import { openWsStage, type WsStage } from './support/ws-stage.js';

describe('a server of nothing but WebSocket', () => {
  let stage: WsStage;
  let server: WsServer;
  let isReady = true;
  beforeEach(async () => {
    stage = await openWsStage();
    const dependencies = [
      { name: 'database', state: 'up', isEssential: true, warning: null },
      { name: 'redis', state: 'up', isEssential: false, warning: 'set noeviction' },
    ];
    server = await startWsServer({
      host: stage.host,
      // a cast: the server calls only this method
      services: {
        checkReadiness: { execute: async () => ({ isReady, dependencies }) } as never,
        metrics: { render: async () => ({ contentType: 'text/plain', body: 'up 1\n' }), requestServed: () => {} },
        logger: stage.logger,
        random: new NodeRandom(),
      },
      listen: { host: '127.0.0.1', port: 0 },
      settings: { trustProxy: [], metricsToken: null },
    });
  });
  afterEach(async () => {
    isReady = true;
    await server.close(500);
    await stage[Symbol.asyncDispose]();
  });

  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}${path}`, init);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  it('is alive, and reports whether it is ready and what has to be corrected', async () => {
    expect(await get('/healthz')).to.deep.include({ status: 200, text: '{"status":"ok"}' });
    expect(await get('/readyz')).to.deep.include({
      status: 200,
      text: '{"status":"ready","dependencies":[{"name":"database","state":"up"},{"name":"redis","state":"up","warning":"set noeviction"}]}',
    });
    isReady = false;
    expect((await get('/readyz')).status).to.equal(503);
  });

  it('shows its metrics to permitted clients', async () => {
    expect(await get('/metrics')).to.deep.include({ status: 200, text: 'up 1\n' });
    expect((await get('/metrics', { headers: { via: '1.1 proxy' } })).status).to.equal(403);
  });

  it('reports that the socket requires an upgrade, and has no other path or method', async () => {
    const { status, headers } = await get('/ws?token=x');
    expect(status).to.equal(426);
    expect(headers.get('upgrade')).to.equal('websocket');
    expect((await get('/')).status).to.equal(404);
    const post = await get('/ws', { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
  });

  it('responds to a request for another upgrade as to a plain request', async () => {
    const asked = request(`${server.url}/healthz`, {
      headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' },
    });
    asked.end();
    const [response] = await once(asked, 'response');
    expect(response.statusCode).to.equal(200);
    response.resume();
  });

  it('responds to input that is not HTTP, and logs nothing of it', async () => {
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.end('GET /ws?token=very-secret HTTP/1.1\r\nno field\r\n\r\n');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).to.match(/^HTTP\/1\.1 400 /);
    expect(JSON.stringify(stage.logger.entries)).not.to.include('very-secret');
  });

  it('sends its clients away before it closes', async () => {
    const { token } = await stage.signIn();
    await using client = await connect(`${server.url.replace('http', 'ws')}/ws`, { token });
    await client.next('welcome');
    await delay(20);
    await server.close(1000);
    expect((await client.ended).code).to.equal(1001);
    expect(await fetch(server.url).catch(() => null)).to.equal(null);
  });
});
