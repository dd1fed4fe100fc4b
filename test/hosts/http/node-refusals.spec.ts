import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { NodeRandom } from '../../../adapters/node-crypto/node-random.js';
import type { HttpTimeouts } from '../../../hosts/http/create-http-server.js';
import type { ProblemDocument } from '../../../hosts/http/problem-document.js';
import { createRestApp } from '../../../hosts/rest/create-rest-app.js';
import { startRestServer } from '../../../hosts/rest/rest-server.js';
import { startWsServer } from '../../../hosts/ws/ws-server.js';
import { expectSecurityFields } from '../../support/expect-security-fields.js';
import { requestText, sendRaw, upgradeText } from '../../support/raw-http.js';
import { RecordedMetrics } from '../rest/support/recorded-metrics.js';
import { startRest } from '../rest/support/rest-harness.js';
import { openWsStage } from '../ws/support/ws-stage.js';

interface Served extends AsyncDisposable {
  readonly url: string;
  readonly logger: MemoryLogger;
  readonly metrics: RecordedMetrics;
}

const timeouts: HttpTimeouts = { headersTimeout: 100, requestTimeout: 150, connectionsCheckingInterval: 25 };
const listen = { host: '127.0.0.1', port: 0 };

async function serveRest(): Promise<Served> {
  const rest = await startRest();
  const { services, logger, metrics } = rest;
  const app = createRestApp(services, { trustProxy: [], corsOrigins: [], areDocsOn: false, metricsToken: null });
  const server = await startRestServer(app, { ...listen, logger, metrics, timeouts });
  const dispose = async () => void (await Promise.all([server.close(0), rest[Symbol.asyncDispose]()]));
  return { url: server.url, logger, metrics, [Symbol.asyncDispose]: dispose };
}

async function serveWs(): Promise<Served> {
  const { host, ...stage } = await openWsStage();
  const logger = new MemoryLogger();
  const metrics = new RecordedMetrics();
  // a cast: no request of these tests is about readiness
  const services = { checkReadiness: {} as never, metrics, logger, random: new NodeRandom() };
  const server = await startWsServer({ host, services, listen, settings: { trustProxy: [], metricsToken: null }, timeouts });
  const dispose = async () => void (await Promise.all([server.close(0), stage[Symbol.asyncDispose]()]));
  return { url: server.url, logger, metrics, [Symbol.asyncDispose]: dispose };
}

const host = 'Host: localhost';
/** The text, and the response: the status, the code, its action, and whether the head was read, so that the path is known. */
const cases: Record<string, readonly [string, number, string, string, string | null]> = {
  'no HTTP': ['hello\r\n\r\n', 400, 'malformed_request', 'fix', null],
  'TLS on a plain port': ['\x16\x03\x01\x02\x00\x01', 400, 'malformed_request', 'fix', null],
  'HTTP/2 without a negotiation': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed_request', 'fix', null],
  'a length twice': [
    requestText('POST /auth/login HTTP/1.1', [host, 'Content-Length: 0', 'Content-Length: 0']),
    400,
    'malformed_request',
    'fix',
    null,
  ],
  'a target that is too long': [requestText(`GET /${'x'.repeat(20_000)} HTTP/1.1`, [host]), 431, 'headers_too_large', 'fix', null],
  'fields that are too long': [
    requestText('GET /healthz HTTP/1.1', [host, `X: ${'x'.repeat(20_000)}`]),
    431,
    'headers_too_large',
    'fix',
    null,
  ],
  'an expectation': [requestText('GET /healthz?a=b HTTP/1.1', [host, 'Expect: magic']), 417, 'expectation_failed', 'fix', '/healthz'],
  'a head that does not end': [`GET /healthz HTTP/1.1\r\n${host}\r\n`, 408, 'request_timeout', 'retry', null],
  'a tunnel': ['CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n', 405, 'method_not_allowed', 'fix', null],
};

describe('A request that node:http refuses by itself', () => {
  for (const [name, serve] of Object.entries({ REST: serveRest, WebSocket: serveWs })) {
    it(`is a problem document of the ${name} host, logged and counted under its request id`, async () => {
      await using served = await serve();
      for (const [fault, [text, status, code, action, instance]] of Object.entries(cases)) {
        const [lines, requests] = [served.logger.entries.length, served.metrics.requests.length];
        const { headers, ...answer } = await sendRaw(served.url, text);
        const requestId = headers.get('x-request-id');
        const { request_id, ...problem } = JSON.parse(answer.text) as ProblemDocument;
        expect([answer.status, headers.get('content-type'), headers.get('connection'), request_id], fault).to.deep.equal([
          status,
          'application/problem+json',
          'close',
          requestId,
        ]);
        expect(problem, fault).to.include({ type: `/problems/${code}`, status, code, action });
        expect(problem.instance ?? null, fault).to.equal(instance);
        expectSecurityFields(headers, fault);
        expect(served.logger.entries.slice(lines), fault).to.deep.equal([
          { level: 'info', message: 'request refused', fields: { requestId, code, ip: '127.0.0.1' } },
        ]);
        const counted = { method: 'other', route: 'unknown', status, seconds: 0 };
        expect(served.metrics.requests.slice(requests), fault).to.deep.equal([counted]);
      }
    });
  }

  it('is refused of an upgrade too', async () => {
    await using served = await serveWs();
    for (const [fields, status, code] of [
      [[host, 'Expect: magic'], 417, 'expectation_failed'],
      [[host, host], 400, 'malformed_request'],
      [[host, 'Content-Type: text/plain', 'Content-Type: application/json'], 400, 'malformed_request'],
    ] as const) {
      const { headers, ...answer } = await sendRaw(served.url, upgradeText(fields));
      expect(answer.status, code).to.equal(status);
      expect(JSON.parse(answer.text)).to.include({ code, instance: '/ws', request_id: headers.get('x-request-id') });
    }
  });
});

describe('A client that resets its connection after a CONNECT', () => {
  it('ends its own connection and nothing else', async () => {
    await using served = await serveRest();
    const { port } = new URL(served.url);
    for (let round = 0; round < 60; round += 1) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      socket.write(`CONNECT example.org:443 HTTP/1.1\r\n${host}\r\n\r\n`);
      setTimeout(() => socket.resetAndDestroy(), round % 5);
    }
    expect((await fetch(`${served.url}/healthz`)).status).to.equal(200);
  });
});

describe('A request whose body cannot be read, or does not arrive,', () => {
  const head = ['POST /auth/login HTTP/1.1', host, 'Content-Type: application/json', ''].join('\r\n');
  const bodies: Record<string, readonly [string, number, string]> = {
    'in chunks without a size': ['Transfer-Encoding: chunked\r\n\r\nzz\r\n', 400, 'malformed_request'],
    'half of its length': ['Content-Length: 100\r\n\r\n{"email":', 408, 'request_timeout'],
  };
  for (const [name, [rest, status, code]] of Object.entries(bodies)) {
    it(`(${name}) gets ${status} with the id, the route and the path that it already had`, async () => {
      await using served = await serveRest();
      const { headers, ...answer } = await sendRaw(served.url, `${head}${rest}`);
      const requestId = headers.get('x-request-id');
      expect([answer.status, headers.get('connection')]).to.deep.equal([status, 'close']);
      expect(JSON.parse(answer.text)).to.include({ code, instance: '/auth/login', request_id: requestId });
      expectSecurityFields(headers, name);
      expect(served.metrics.requests.map(({ route, status }) => [route, status])).to.deep.equal([['/auth/login', status]]);
      const lines = served.logger.entries.filter(({ level }) => level === 'info');
      expect(lines.map(({ message, fields }) => [message, fields.requestId])).to.have.deep.members([
        ['request refused', requestId],
        ['request', requestId],
      ]);
    });
  }

  it('does not take the response of a complete request before it on the connection', async () => {
    await using served = await serveRest();
    const body = JSON.stringify({ email: 'camille@example.org', password: 'wrong password' });
    const { whole } = await sendRaw(served.url, `${head}Content-Length: ${body.length}\r\n\r\n${body}broken\r\n\r\n`);
    expect(whole.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 401']);
    expect(whole).to.include('Connection: close');
  });
});
