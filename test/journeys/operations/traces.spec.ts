import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { apiClient } from '../../support/api-client.js';
import { startServer } from '../../support/running-server.js';
import { type CollectedSpan, startTraceCollector } from '../../support/trace-collector.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { registerSomeone } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';

const callerTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';

const requestLines = (output: string) =>
  output.split('\n').flatMap((line) => (line.includes('"msg":"request"') ? [JSON.parse(line) as Record<string, unknown>] : []));

describe('Traces', () => {
  it('follow a request through use cases and ports, and continue the trace of a trusted caller', async function () {
    this.timeout(60_000);
    await using collector = await startTraceCollector();
    await using stage = await serverStage({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRUST_PROXY: '127.0.0.1' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const api = apiClient(server.url);
    const phone = await registerSomeone(server.url);
    const headers = { traceparent: `00-${callerTrace}-${callerSpan}-01`, tracestate: 'vendor=1' };
    const login = { email: phone.email, password: 'correct horse battery' };
    expect((await api.request('POST', '/auth/login', { body: login, headers })).status).to.equal(200);
    await api.request('POST', '/auth/login', { body: { ...login, password: 'wrong horse' }, headers: { traceparent: 'nonsense' } });
    await fetch(`${server.url}/nowhere/${phone.email}?token=${phone.access_token}`);
    await server.stop('SIGTERM'); // sends what is left
    const output = server.output();

    const ofCaller = collector.spans.filter(({ traceId }) => traceId === callerTrace);
    const pathOf = (span: CollectedSpan): string => {
      const parent = ofCaller.find(({ spanId }) => spanId === span.parentSpanId);
      return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
    };
    const [root] = ofCaller.filter(({ kind }) => kind === 2);
    expect(root).to.include({ name: 'POST /auth/login', parentSpanId: callerSpan, status: 0 });
    expect(root?.attributes).to.deep.equal({
      'http.request.method': 'POST',
      'http.route': '/auth/login',
      'http.response.status_code': 200,
    });
    const paths = ofCaller.map(pathOf);
    const inside = 'POST /auth/login > logIn.execute > hasher.admit';
    expect(paths).to.include.members([
      'POST /auth/login > throttleClient.execute > rateLimits.take',
      `${inside} > credentials.findByEmail`,
      `${inside} > hasher.verify`,
      `${inside} > unitOfWork.run > credentials.recordLogin`,
      `${inside} > unitOfWork.run > sessions.open`,
      `${inside} > unitOfWork.run > audit.record`,
      `${inside} > tokens.issue`,
    ]);
    const refused = collector.spans.find(
      ({ name, traceId, attributes }) => name === 'POST /auth/login' && traceId !== callerTrace && attributes['error.type'],
    );
    expect(refused?.attributes).to.include({ 'http.response.status_code': 401, 'error.type': 'invalid_credentials' });
    expect(refused).to.include({ parentSpanId: '', status: 0 });
    expect(collector.spans.some(({ name }) => name === 'GET unknown')).to.equal(true);

    const lines = requestLines(output);
    expect(lines.filter(({ traceId }) => traceId === callerTrace)).to.have.length(1);
    expect(lines.every(({ traceId }) => /^[0-9a-f]{32}$/.test(String(traceId)))).to.equal(true);
    expect(collector.services).to.deep.equal(new Set(['move-acces']));
    const sent = collector.bodies.join('\n');
    for (const secret of [phone.email, phone.access_token, phone.refresh_token, 'correct horse', 'wrong horse', 'Duplicate']) {
      expect(sent).not.to.include(secret);
    }
  });

  it('hold no span of another request, though refreshes share transactions', async function () {
    this.timeout(60_000);
    await using collector = await startTraceCollector();
    await using stage = await serverStage({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRUST_PROXY: '127.0.0.1' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const phones = await Promise.all(Array.from({ length: 8 }, () => registerSomeone(server.url)));
    const api = apiClient(server.url);
    const tokens = phones.map(({ refresh_token }) => refresh_token);
    for (let round = 0; round < 10; round += 1) {
      const refreshed = await Promise.all(
        tokens.map((refresh_token, index) =>
          api.request('POST', '/auth/refresh', {
            body: { refresh_token },
            headers: { traceparent: `00-${String(round).padStart(31, '1')}${index}-${callerSpan}-01` },
          }),
        ),
      );
      for (const [index, { status, body }] of refreshed.entries()) {
        expect(status).to.equal(200);
        tokens[index] = body.refresh_token;
      }
    }
    await server.stop('SIGTERM'); // sends what is left

    const ofRefreshes = collector.spans.filter(({ traceId }) => traceId.startsWith('1111'));
    const traces = Map.groupBy(ofRefreshes, ({ traceId }) => traceId);
    expect(traces.size).to.equal(80);
    for (const spans of traces.values()) {
      const inside = (name: string) => spans.filter((span) => span.name === name).length;
      expect({ rotations: inside('sessions.rotate'), rows: inside('audit.record'), units: inside('unitOfWork.run') }).to.deep.equal({
        rotations: 1,
        rows: 1,
        units: 1,
      });
    }
  });

  it('follow how a socket is let in, and what it sends', async function () {
    this.timeout(60_000);
    await using collector = await startTraceCollector();
    await using stage = await serverStage({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRUST_PROXY: '127.0.0.1' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'all'] });
    const url = `${server.url.replace(/^http/, 'ws')}/ws`;
    const phone = await registerSomeone(server.url);
    const client = { headers: { traceparent: `00-${callerTrace}-${callerSpan}-01` } };
    await using socket = await connect(url, { token: phone.access_token, client });
    await socket.next('welcome');
    socket.say({ type: 'send', name: 'hello', data: { to: 'myself' } });
    await socket.next('event');
    await using refused = await connect(url, { token: 'not-a-token' });
    await refused.ended;
    await server.stop('SIGTERM'); // sends what is left

    const pathOf = (span: CollectedSpan): string => {
      const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
      return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
    };
    const paths = collector.spans.map(pathOf);
    expect(paths).to.include.members([
      'GET /ws > admitConnection.execute > users.find',
      'GET /ws > admitConnection.execute > audit.record',
      'publishEvent.execute > eventBus.publish',
    ]);
    const [admitted, turnedAway] = collector.spans.filter(({ name, kind }) => name === 'GET /ws' && kind === 2);
    expect(admitted).to.include({ traceId: callerTrace, parentSpanId: callerSpan });
    expect(admitted?.attributes).to.deep.equal({ 'http.request.method': 'GET', 'http.route': '/ws', 'http.response.status_code': 101 });
    expect(turnedAway?.attributes).to.include({ 'error.type': 'token_invalid' });
    expect(collector.bodies.join('\n')).not.to.include(phone.access_token).and.not.to.include('myself');
  });

  it('cost no request when the collector is away', async function () {
    this.timeout(60_000);
    await using stage = await embeddedStage({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SERVICE_NAME: 'elsewhere' });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    for (let count = 0; count < 5; count += 1) await registerSomeone(server.url);
    const startedAt = Date.now();
    expect(await server.stop('SIGTERM')).to.equal(0);
    expect(Date.now() - startedAt).to.be.lessThan(8000);
  });

  it('are off by default: no line has one, and no code of OpenTelemetry is loaded', async function () {
    this.timeout(60_000);
    await using stage = await embeddedStage({ NODE_OPTIONS: `--import=${listLoadedModules}` });
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    await registerSomeone(server.url);
    await server.stop('SIGTERM');
    const lines = requestLines(server.output());
    expect(lines).to.have.length(1);
    expect(lines[0]).not.to.have.any.keys('traceId', 'spanId');
    const loaded = await readFile(join(stage.cwd, 'loaded-modules.txt'), 'utf8');
    // the API alone, which is empty without the rest, comes with prom-client
    expect(loaded)
      .to.include('inversify')
      .and.not.to.match(/@opentelemetry\/(?!api\/)|adapters\/opentelemetry|pino-pretty/);
  });
});

/** Notes every module that the process loads, at its end. */
const listLoadedModules = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeFileSync } from 'node:fs';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on('exit', () => writeFileSync('loaded-modules.txt', loaded.join('\\n')));
`)}`;
