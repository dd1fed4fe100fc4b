import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type RestServer, startRestServer } from '../../../hosts/rest/rest-server.js';

const served = (socket: ReturnType<typeof connect>) => once(socket, 'data').then(([text]) => String(text));

describe('An idle HTTP connection', () => {
  let server: RestServer;
  before(async () => {
    const timeouts = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 };
    const listen = { host: '127.0.0.1', port: 0 };
    server = await startRestServer((_request, response) => void response.end('ok'), { ...listen, keepAliveSeconds: 7, timeouts });
  });
  after(() => server.close(0));

  it('is kept for as long as it is set, also beyond the timeouts of a request', async () => {
    const socket = connect(server.port, '127.0.0.1');
    for (const pauseMs of [0, 150]) {
      await delay(pauseMs);
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      expect(await served(socket))
        .to.match(/^HTTP\/1\.1 200 OK\r\n/)
        .and.to.include('Keep-Alive: timeout=7\r\n');
    }
  });
});
