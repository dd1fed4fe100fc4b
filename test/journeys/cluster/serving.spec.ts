import { expect } from 'chai';
import { connect } from '../../hosts/ws/support/ws-client.js';
import { itInTime } from '../../support/it-in-time.js';
import { requestText, sendRaw, upgradeText } from '../../support/raw-http.js';
import { eventually, me, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { type Crew, startCrew, timeoutMs } from './support/start-crew.js';

const wave = 60;
const refusals = 'http_requests_total{method="GET",route="/users/me",status="401"}';

describe('Two workers', () => {
  let stage: ServerStage;
  let crew: Crew;
  before(async function () {
    this.timeout(60_000);
    stage = await serverStage({ HASH_CONCURRENCY: '3', LOG_LEVEL: 'debug' });
    crew = await startCrew(stage, ['serve', 'all', '--workers', '2']);
  });
  after(async () => {
    await crew?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  it('serve one port, each some of the requests, and one scrape of whichever is the sum', async () => {
    let sent = 0;
    // a line, and a count, may arrive shortly after the response; and on a busy machine one worker may have served many more
    const answered = async () => {
      await Promise.all(Array.from({ length: wave }, () => crew.ask('GET', '/users/me')));
      sent += wave;
      return await eventually(
        async () => crew.lines('request').filter(({ route }) => route === '/users/me'),
        (lines) => lines.length === sent,
        timeoutMs,
      );
    };
    await eventually(
      answered,
      (lines) => [0, 1].every((seat) => lines.filter(({ worker }) => worker === seat).length > wave / 6),
      timeoutMs,
    );
    await eventually(
      () => crew.counted(refusals),
      (count) => count === sent,
      timeoutMs,
    );
    // one connection after the other: both workers are scraped
    for (let scrape = 0; scrape < 4; scrape += 1) expect(await crew.counted(refusals)).to.equal(sent);
  });

  it('both refuse other hosts on loopback: a connection that the primary passes on keeps its local address', async () => {
    const { port } = new URL(crew.url);
    for (const [host, status] of [
      ['attacker.example', 403],
      [`localhost:${port}`, 200],
    ] as const) {
      for (let count = 0; count < 4; count += 1) {
        expect((await sendRaw(crew.url, requestText('GET /healthz HTTP/1.1', [`Host: ${host}`]))).status, host).to.equal(status);
        expect((await sendRaw(crew.url, upgradeText([`Host: ${host}`, 'Origin: https://attacker.example']))).status, host).to.equal(403);
      }
    }
  });

  it('are in the scrape with their own meaning: gauges are not added up', async () => {
    const { text } = await crew.ask('GET', '/metrics');
    const valuesOf = (name: string) =>
      text
        .split('\n')
        .flatMap((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `) ? [Number(line.split(' ').at(-1))] : []));
    expect(valuesOf('move_acces_build_info')).to.deep.equal([1]);
    expect(valuesOf('move_acces_redis_up')).to.deep.equal([1]);
    expect(valuesOf('move_acces_workers')).to.deep.equal([2]);
    expect(valuesOf('move_acces_database_connections_max')).to.deep.equal([20]);
    const [startedAt = 0] = valuesOf('process_start_time_seconds');
    expect(startedAt).to.be.within(Date.now() / 1000 - 300, Date.now() / 1000);
    expect(text).not.to.match(/ (NaN|undefined|null)$/m);
  });

  it('are each ready by themselves', async () => {
    for (let ask = 0; ask < 4; ask += 1) expect((await crew.ask('GET', '/readyz')).status).to.equal(200);
  });

  itInTime('both refuse a session that one of them has ended, within a second', async () => {
    const phone = await registerSomeone(crew.url);
    const token = phone.access_token;
    expect((await me(crew.url, token)).status).to.equal(200);
    expect((await crew.ask('POST', '/auth/logout', { body: { refresh_token: phone.refresh_token } })).status).to.equal(204);
    const endedAt = performance.now();
    let servedAt = endedAt;
    for (let refused = 0; refused < 20; ) {
      const askedAt = performance.now();
      const { status } = await crew.ask('GET', '/users/me', { token });
      refused = status === 401 ? refused + 1 : 0;
      if (status === 200) servedAt = askedAt;
    }
    expect(servedAt - endedAt).to.be.lessThan(1000);
  });

  it('carry events between the sockets of a user, wherever each is, and take tickets of each other', async () => {
    const { access_token: token } = await registerSomeone(crew.url);
    const url = `${crew.url.replace(/^http/, 'ws')}/ws`;
    const { body } = await crew.ask('POST', '/ws/ticket', { token });
    // a cast: a response that is not as documented was rejected
    const { ticket } = body as unknown as { readonly ticket: string };
    await using one = await connect(url, { query: { ticket } });
    await one.next('welcome');
    const seats = () => new Set(crew.lines('socket opened').map(({ worker }) => worker));
    await using others = new AsyncDisposableStack();
    while (seats().size < 2) {
      const other = others.use(await connect(url, { token }));
      await other.next('welcome');
      one.say({ type: 'send', name: 'hello', data: { seats: seats().size } });
      expect((await other.next('event')).name).to.equal('hello');
    }
    await eventually(
      () => crew.counted('move_acces_sockets'),
      (count) => count > 1,
      timeoutMs,
    );
  });
});
