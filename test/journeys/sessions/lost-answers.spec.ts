import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { me, refresh, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

const boundSeconds = 60;
const hour = 3_600_000;

describe('The response to a refresh, lost on the wire', () => {
  let stage: ServerStage;
  let server: RunningServer;
  /** With a bound in seconds, as every process of the version before has. */
  let bounded: RunningServer;
  let wire: TcpProxy;
  before(async () => {
    stage = await serverStage();
    server = await startServer({ env: stage.env, cwd: stage.cwd });
    bounded = await startServer({ env: { ...stage.env, REFRESH_REPLAY_SECONDS: String(boundSeconds) }, cwd: stage.cwd });
    wire = await startTcpProxy(Number(new URL(server.url).port));
  });
  after(async () => {
    await wire?.[Symbol.asyncDispose]();
    await bounded?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const loseAnswer = async (refreshToken: string) => {
    wire.behave('drop_answers');
    const failure = await refresh(`http://127.0.0.1:${wire.port}`, refreshToken).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure, 'the answer was to be lost').to.be.instanceOf(Error);
    wire.behave('pass');
  };
  /** As if its last rotation were so much longer ago. */
  const letPass = (sessionId: string, ms: number) =>
    stage.database.query(
      `update auth_sessions set rotated_at = rotated_at - ?, last_seen_at = last_seen_at - ?, idle_expires_at = idle_expires_at - ?
       where id = ?`,
      [ms, ms, ms, sessionId],
    );
  const nothingWorks = async (tokens: readonly { readonly access_token: string; readonly refresh_token: string }[]) => {
    for (const { refresh_token, access_token } of tokens) {
      expect((await refresh(bounded.url, refresh_token)).status).to.equal(401);
      expect((await me(server.url, access_token)).body.code).to.equal('session_revoked');
    }
  };

  it('can be requested again: the same successor, and it works', async () => {
    const first = await registerSomeone(server.url);
    await loseAnswer(first.refresh_token);
    const again = await refresh(server.url, first.refresh_token);
    const elsewhere = await refresh(bounded.url, first.refresh_token);
    expect(again.status).to.equal(200);
    expect(elsewhere.body.refresh_token).to.equal(again.body.refresh_token);
    expect((await me(server.url, again.body.access_token)).status).to.equal(200);
    expect((await refresh(server.url, again.body.refresh_token)).status).to.equal(200);
  });

  it('can be requested again the next morning: the same successor, which ends when the session does', async () => {
    const first = await registerSomeone(server.url);
    await loseAnswer(first.refresh_token);
    await letPass(first.session_id, 61_000);
    const early = await refresh(server.url, first.refresh_token);
    expect(early.status, JSON.stringify(early.body)).to.equal(200);
    expect((await me(server.url, early.body.access_token)).status).to.equal(200);
    await letPass(first.session_id, 12 * hour);
    const late = await refresh(server.url, first.refresh_token);
    expect(late.body.refresh_token).to.equal(early.body.refresh_token);
    expect(late.body.refresh_expires_in).to.be.within(12 * 3600 - 120, 12 * 3600 - 61);
    expect((await refresh(server.url, late.body.refresh_token)).body.refresh_expires_in).to.be.within(86_000, 86_400);
  });

  it('ends the session when the phone signs out with the token that it still holds', async () => {
    const first = await registerSomeone(server.url);
    await loseAnswer(first.refresh_token);
    await letPass(first.session_id, 61_000);
    const body = { refresh_token: first.refresh_token };
    expect((await apiClient(server.url).request('POST', '/auth/logout', { body })).status).to.equal(204);
    await nothingWorks([first]);
  });

  it('is reuse once a bound in seconds has passed, and then nothing of the session works', async () => {
    const first = await registerSomeone(server.url);
    await loseAnswer(first.refresh_token);
    await letPass(first.session_id, boundSeconds * 1000 + 1);
    const late = await refresh(bounded.url, first.refresh_token);
    expect(late.status).to.equal(401);
    expect(late.body).to.include({ code: 'refresh_reused', action: 'login' });
    await nothingWorks([first]);
  });

  it('is reuse once the successor was used, and then nothing of the session works', async () => {
    const first = await registerSomeone(server.url);
    const second = (await refresh(server.url, first.refresh_token)).body;
    const third = (await refresh(server.url, second.refresh_token)).body;
    const stolen = await refresh(server.url, first.refresh_token);
    expect(stolen.body.code).to.equal('refresh_reused');
    await nothingWorks([first, second, third]);
    const [row] = (await stage.database.query('SELECT COUNT(*) AS n FROM audit_logs WHERE event = ? AND session_id = ?', [
      'refresh_reuse',
      first.session_id,
    ])) as { n: number }[];
    expect(Number(row?.n)).to.equal(1);
  });
});
