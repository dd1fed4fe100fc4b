import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect } from 'chai';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { createHttpServer } from '../../../hosts/http/create-http-server.js';
import type { ProblemDocument } from '../../../hosts/http/problem-document.js';
import { expectSecurityFields } from '../../support/expect-security-fields.js';
import { sendRaw } from '../../support/raw-http.js';

interface Started extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
  readonly logger: MemoryLogger;
}

async function start(listener: RequestListener = (_request, response) => void response.end('served')): Promise<Started> {
  const logger = new MemoryLogger();
  const { server } = createHttpServer({ trustProxy: [], logger, metrics: null });
  server.on('request', listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // a cast: a TCP server that listens has such an address
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, server, logger, [Symbol.asyncDispose]: stop };
}

describe('A request that cannot be read', () => {
  const broken: Record<string, [text: string, status: number, code: string]> = {
    'no HTTP at all': ['hello\r\n\r\n', 400, 'malformed_request'],
    'a field without a colon': ['GET / HTTP/1.1\r\nHost: localhost\r\nno field\r\n\r\n', 400, 'malformed_request'],
    'two lengths': ['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400, 'malformed_request'],
    'a length and chunks': [
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
    'fields that are too large': [`GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    'an expectation that is not supported': [
      'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: magic\r\nContent-Length: 0\r\n\r\n',
      417,
      'expectation_failed',
    ],
  };
  for (const [name, [text, status, code]] of Object.entries(broken)) {
    it(`(${name}) gets ${status} as a problem document with the headers of every response, and ends the connection`, async () => {
      await using started = await start();
      const answer = await sendRaw(started.url, text);
      expect(answer.status).to.equal(status);
      expect(answer.headers.get('content-type')).to.equal('application/problem+json');
      expect(answer.headers.get('connection')).to.equal('close');
      expectSecurityFields(answer.headers, name);
      const problem = JSON.parse(answer.text) as ProblemDocument;
      expect(problem).to.include({ type: `/problems/${code}`, status, code, action: 'fix' });
      expect(problem.request_id).to.equal(answer.headers.get('x-request-id'));
      expect(started.logger.entries).to.deep.equal([
        { level: 'info', message: 'request refused', fields: { requestId: problem.request_id, code, ip: '127.0.0.1' } },
      ]);
    });
  }

  it('(too slow) gets 408, after which the client may retry', async () => {
    await using started = await start();
    started.server.headersTimeout = 50;
    started.server.requestTimeout = 50;
    // the interval at which it looks is fixed when it is made: the fault is what that would find
    started.server.once('connection', (socket) => {
      setTimeout(
        () => started.server.emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket),
        50,
      );
    });
    const answer = await sendRaw(started.url, 'GET / HTTP/1.1\r\nHost: loc');
    expect(answer.status).to.equal(408);
    expectSecurityFields(answer.headers, 'too slow');
    expect(JSON.parse(answer.text)).to.include({ code: 'request_timeout', action: 'retry' });
  });

  it('on a connection that has served requests gets its response after theirs', async () => {
    await using started = await start();
    const { hostname, port } = new URL(started.url);
    const socket = connect(Number(port), hostname);
    const chunks: string[] = [];
    socket.on('data', (chunk) => chunks.push(String(chunk)));
    for (const text of ['GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET /2 HTTP/1.1\r\nHost: localhost\r\n\r\n', 'broken\r\n\r\n']) {
      socket.write(text);
      await once(socket, 'data');
    }
    await once(socket, 'close');
    expect(chunks.join('').match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  it('gets no response while another is under way: its bytes would be taken for that one', async () => {
    await using started = await start((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('begun');
    });
    const { whole } = await sendRaw(started.url, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nbroken\r\n\r\n');
    expect(whole).not.to.include('malformed_request');
    expect(whole.match(/HTTP\/1\.1 \d+/g) ?? []).to.have.length.at.most(1);
  });

  it('is not repeated in the response', async () => {
    await using started = await start();
    const { whole } = await sendRaw(started.url, 'GET /?token=hunter2 HTTP/1.1\r\nhunter2 hunter2\r\n\r\n');
    expect(whole + JSON.stringify(started.logger.entries)).not.to.include('hunter2');
  });
});
