import { expect } from 'chai';
import { type ApiAnswer, apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { startTcpProxy, type TcpProxy, type WireMode } from '../../support/tcp-proxy.js';
import { eventually, logIn, me, phonePassword, registerSomeone, untilServed } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

/** A request that changes something, and how to see that it was done once. */
interface Asked {
  readonly name: string;
  send(): Promise<ApiAnswer>;
  expectDone(answer: ApiAnswer): Promise<void>;
}

const newPassword = 'another horse altogether';

describe('A 503 with the action "retry"', () => {
  let stage: ServerStage;
  let wire: TcpProxy;
  let server: RunningServer;
  before(async () => {
    stage = await serverStage();
    const { port } = new URL(stage.env['DB_URL'] ?? '');
    wire = await startTcpProxy(Number(port));
    server = await startServer({
      env: { ...stage.env, DB_URL: String(stage.env['DB_URL']).replace(`:${port}/`, `:${wire.port}/`) },
      cwd: stage.cwd,
    });
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await wire?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  let count = 0;
  const api = () => apiClient(server.url);
  const sessionsOf = async (token: string) => (await api().request('GET', '/auth/sessions', { token })).body.items.length;
  const hasSessions = (token: string, expected: number) =>
    eventually(
      () => sessionsOf(token),
      (found) => found === expected,
      10_000,
    );

  const registration = async (): Promise<Asked> => {
    const email = `retry-${++count}@example.org`;
    return {
      name: 'POST /auth/register',
      send: () => api().request('POST', '/auth/register', { body: { email, password: phonePassword } }),
      async expectDone({ status, body }) {
        expect(status, JSON.stringify(body)).to.equal(201);
        await hasSessions(body.access_token, 1);
        const rows = await stage.database.query('select count(*) as n from users where email = ?', [email]);
        expect(Number((rows as { n: number }[])[0]?.n)).to.equal(1);
      },
    };
  };
  const login = async (): Promise<Asked> => {
    const { email } = await registerSomeone(server.url);
    return {
      name: 'POST /auth/login',
      send: () => logIn(server.url, email),
      async expectDone({ status, body }) {
        expect(status, JSON.stringify(body)).to.equal(200);
        await hasSessions(body.access_token, 2);
      },
    };
  };
  const passwordChange = async (): Promise<Asked> => {
    const { email, access_token: token } = await registerSomeone(server.url);
    const body = { current_password: phonePassword, new_password: newPassword };
    return {
      name: 'POST /auth/password',
      send: () => api().request('POST', '/auth/password', { token, body }),
      async expectDone(answer) {
        expect(answer.status, JSON.stringify(answer.body)).to.equal(204);
        expect((await logIn(server.url, email, newPassword)).status).to.equal(200);
      },
    };
  };
  const profileChange = async (): Promise<Asked> => {
    const { access_token: token } = await registerSomeone(server.url);
    const etag = (await me(server.url, token)).headers.get('etag') ?? '';
    return {
      name: 'PATCH /users/me',
      send: () => api().request('PATCH', '/users/me', { token, body: { first_name: 'Zoé' }, headers: { 'If-Match': etag } }),
      async expectDone({ status, body }) {
        expect(status, JSON.stringify(body)).to.equal(200);
        expect((await me(server.url, token)).body.first_name).to.equal('Zoé');
      },
    };
  };
  const sessionEnd = async (): Promise<Asked> => {
    const { email, access_token: token } = await registerSomeone(server.url);
    const { body: other } = await logIn(server.url, email);
    return {
      name: 'DELETE /auth/sessions/{id}',
      send: () => api().request('DELETE', `/auth/sessions/${other.session_id}`, { token }),
      async expectDone(answer) {
        expect(answer.status, JSON.stringify(answer.body)).to.equal(204);
        await hasSessions(token, 1);
      },
    };
  };

  /** Sends each kind of request through a proxy with this behaviour, and repeats each that got 503 after the proxy works again. */
  const disturb = async (mode: WireMode): Promise<readonly string[]> => {
    const asked = await Promise.all([registration(), login(), passwordChange(), profileChange(), sessionEnd()]);
    wire.behave(mode);
    const answers = await Promise.all(asked.map((one) => one.send()));
    wire.behave('pass');
    const isRefused = ({ status, body }: ApiAnswer) => status === 503 && body.action === 'retry';
    await Promise.all(
      asked.map(async (one, index) => {
        const answer = answers[index] as ApiAnswer;
        await one.expectDone(isRefused(answer) ? await untilServed(() => one.send()) : answer);
      }),
    );
    return asked.filter((_, index) => isRefused(answers[index] as ApiAnswer)).map(({ name }) => name);
  };

  it('is true where the commit was carried out and its confirmation was lost', async () => {
    expect(await disturb({ holdAnswersTo: 'commit', ms: 3000 })).to.have.lengthOf(5);
  }).timeout(30_000);

  it('is true where the commit stalls for a short time, and the database is far away', async () => {
    const refused: string[] = [];
    for (const delayMs of [130, 350]) refused.push(...(await disturb(delayMs)));
    refused.push(...(await disturb({ holdAnswersTo: 'commit', ms: 1200 })));
    expect(refused.length, 'how many were refused').to.be.greaterThan(4);
  }).timeout(60_000);
});
