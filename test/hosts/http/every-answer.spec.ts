import { expect } from 'chai';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { NodeRandom } from '../../../adapters/node-crypto/node-random.js';
import { CheckReadiness } from '../../../core/usecases/operations/check-readiness.js';
import { problemCodes } from '../../../hosts/http/problem-catalogue.js';
import { readOpenApi } from '../../../hosts/rest/openapi/read-openapi.js';
import { docsAssets } from '../../../hosts/rest/operations/system-paths.js';
import { startWsServer, type WsServer } from '../../../hosts/ws/ws-server.js';
import { expectSecurityFields } from '../../support/expect-security-fields.js';
import { requestText, sendRaw, upgradeText } from '../../support/raw-http.js';
import { type RestHarness, register, startRest, wideRules } from '../rest/support/rest-harness.js';
import { send } from '../rest/support/send.js';
import { openWsStage, type WsStage } from '../ws/support/ws-stage.js';

const filePaths: readonly string[] = ['/docs', '/redoc', '/openapi.json', '/problems', ...docsAssets];
const isFile = (path: string) => filePaths.includes(path) || path.startsWith('/problems/');

/** Counts its checks. */
class CountingProbe {
  readonly name = 'database';
  readonly isEssential = true;
  checks = 0;
  async check(): Promise<void> {
    this.checks += 1;
  }
}

describe('Every response of the REST host has the security headers:', () => {
  let rest: RestHarness;
  before(async () => {
    rest = await startRest();
  });
  after(() => rest[Symbol.asyncDispose]());

  it('of each route, with and without a token, by each method', async () => {
    const { access_token } = await register(rest);
    const routes = [...Object.keys(readOpenApi().paths), ...docsAssets, '/nope'].map((path) => path.replace(/\{\w+\}/, 'not_found'));
    const seen = new Set<number>();
    for (const path of routes) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PATCH', 'DELETE', 'PUT']) {
        for (const authorization of ['', `Bearer ${access_token}`]) {
          const answer = await send(rest.url, path, { method, headers: { authorization } });
          const isPage = isFile(path) && answer.status === 200;
          expectSecurityFields(answer.headers, `${method} ${path} ${answer.status}`, { isPage });
          seen.add(answer.status);
        }
      }
    }
    expect([...seen]).to.include.members([200, 204, 401, 404, 405, 422]);
  });

  it('of refusals before a route is reached, and of its limit', async () => {
    await using strict = await startRest({ ports: { rateRules: { ...wideRules, api: { name: 'api', limit: 1, windowSeconds: 300 } } } });
    const answers = [
      await send(strict.url, '/users/me'),
      await send(strict.url, '/users/me'),
      await sendRaw(strict.url, requestText('GET /users/me HTTP/1.1', ['Host: attacker.example'])),
      await sendRaw(strict.url, requestText('GET /users/me HTTP/1.1', [])),
      await sendRaw(strict.url, 'POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n'),
      await sendRaw(strict.url, requestText('GET / HTTP/1.1', ['Host: localhost', `X-Large: ${'x'.repeat(20_000)}`])),
      await sendRaw(strict.url, requestText('GET / HTTP/1.1', ['Host: localhost', 'Expect: magic'])),
      await send(strict.url, '/auth/login', {
        method: 'POST',
        body: 'x'.repeat(2_000_000),
        headers: { 'content-type': 'application/json' },
      }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 429, 403, 400, 400, 431, 417, 413]);
    for (const { status, headers } of answers) expectSecurityFields(headers, String(status));
  });

  it('and each problem code of a response has its page', async () => {
    for (const code of problemCodes) expect((await send(rest.url, `/problems/${code}`)).status, code).to.equal(200);
  });
});

describe('Every response of a WebSocket-only server has the security headers:', () => {
  let stage: WsStage;
  let server: WsServer;
  const probe = new CountingProbe();
  before(async () => {
    stage = await openWsStage({ handshakesAllowed: 0 });
    const logger = new MemoryLogger();
    server = await startWsServer({
      host: stage.host,
      services: {
        checkReadiness: new CheckReadiness({ probes: [probe], logger, clock: stage.clock }),
        metrics: { render: async () => ({ contentType: 'text/plain', body: 'up 1\n' }), requestServed: () => {} },
        logger,
        random: new NodeRandom(),
      },
      listen: { host: '127.0.0.1', port: 0 },
      settings: { trustProxy: [], metricsToken: 'scrape-me-0123456789' },
    });
  });
  after(async () => {
    await server.close(100);
    await stage[Symbol.asyncDispose]();
  });

  it('of each path and method', async () => {
    const expected = [
      ['GET', '/healthz', 200],
      ['HEAD', '/readyz', 200],
      ['GET', '/metrics', 401],
      ['GET', '/ws', 426],
      ['GET', '/nope', 404],
      ['POST', '/ws', 405],
      ['OPTIONS', '/healthz', 405],
    ] as const;
    for (const [method, path, status] of expected) {
      const answer = await send(server.url, path, { method });
      expect(answer.status, `${method} ${path}`).to.equal(status);
      expectSecurityFields(answer.headers, `${method} ${path}`);
      if (status >= 400) expect(answer.headers.get('content-type')).to.equal('application/problem+json');
    }
    const metrics = await send(server.url, '/metrics', { headers: { authorization: 'Bearer scrape-me-0123456789' } });
    expect([metrics.status, metrics.text]).to.deep.equal([200, 'up 1\n']);
    expectSecurityFields(metrics.headers, 'metrics');
    const challenge = (await send(server.url, '/metrics', { headers: { authorization: 'Bearer wrong' } })).headers.get('www-authenticate');
    expect(challenge).to.contain('error="invalid_token"');
  });

  it('of refused upgrades and of requests that cannot be read', async () => {
    const texts: readonly (readonly [string, number])[] = [
      [upgradeText(['Host: localhost', 'Origin: https://attacker.example']), 403],
      [upgradeText(['Host: attacker.example']), 403],
      [upgradeText(['Host: localhost']), 429],
      [upgradeText(['Host: localhost'], '/ws').replace('Version: 13', 'Version: 8'), 426],
      [upgradeText([]), 400],
      [requestText('GET /healthz HTTP/1.1', ['Host: attacker.example']), 403],
      [requestText('GET /healthz HTTP/1.1', []), 400],
      ['hello\r\n\r\n', 400],
      [requestText('GET /healthz HTTP/1.1', ['Host: localhost', `X-Large: ${'x'.repeat(20_000)}`]), 431],
    ];
    for (const [text, status] of texts) {
      const answer = await sendRaw(server.url, text);
      expect(answer.status, text.slice(0, 200)).to.equal(status);
      expect(answer.headers.get('content-type')).to.equal('application/problem+json');
      expectSecurityFields(answer.headers, text.slice(0, 200));
    }
  });

  it('of handshakes that are not for a WebSocket', async () => {
    await using open = await openWsStage();
    const url = `http://127.0.0.1:${open.port}`;
    const handshake = upgradeText(['Host: localhost']);
    for (const [text, status] of [
      [handshake.replace(/Sec-WebSocket-Key.*\r\n/, ''), 400],
      [handshake.replace('dGhlIHNhbXBsZSBub25jZQ==', 'short'), 400],
      [handshake.replace('Connection', 'Sec-WebSocket-Protocol: a,,b\r\nConnection'), 400],
      [handshake.replace('GET', 'POST'), 405],
    ] as const) {
      const answer = await sendRaw(url, text);
      expect([answer.status, answer.headers.get('content-type')], text).to.deep.equal([status, 'application/problem+json']);
      expectSecurityFields(answer.headers, text);
    }
  });

  it('and readiness costs its dependencies one check a second, however often it is requested', async () => {
    const before = probe.checks;
    stage.clock.advance(2000);
    await Promise.all(Array.from({ length: 200 }, () => send(server.url, '/readyz')));
    expect(probe.checks - before).to.be.within(1, 2);
  });
});

describe('Readiness of the REST host', () => {
  it('costs its dependencies one check a second, however often it is requested', async () => {
    const probe = new CountingProbe();
    await using rest = await startRest({ ports: { probes: [probe] } });
    await Promise.all(Array.from({ length: 200 }, () => send(rest.url, '/readyz')));
    expect(probe.checks).to.equal(1);
    rest.clock.advance(1000);
    await send(rest.url, '/readyz');
    expect(probe.checks).to.equal(2);
  });
});

describe('A reverse proxy on this machine', () => {
  it('passes the public host and its own request id on once TRUST_PROXY names it, and does not lend its right to the metrics', async () => {
    await using rest = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    const fields = ['Host: api.example.org', 'X-Forwarded-For: 203.0.113.9', 'X-Request-Id: of-the-proxy'];
    const answer = await sendRaw(rest.url, requestText('GET /healthz HTTP/1.1', fields));
    expect([answer.status, answer.headers.get('x-request-id')]).to.deep.equal([200, 'of-the-proxy']);
    expect((await sendRaw(rest.url, requestText('GET /metrics HTTP/1.1', fields))).status).to.equal(403);
    expect(rest.logger.entries.some(({ message }) => message.includes('TRUST_PROXY'))).to.equal(false);
  });
});
