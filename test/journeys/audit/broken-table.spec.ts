import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { eventually, logIn, phonePassword, refresh, registerSomeone, untilServed } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

interface Mishap {
  readonly what: string;
  cause(stage: ServerStage): Promise<void>;
  cure(stage: ServerStage): Promise<void>;
}

/** The database user of the server. */
const grantee = ({ env }: ServerStage) => `'${new URL(env['DB_URL'] ?? '').username}'@'127.0.0.1'`;

const mishaps: readonly Mishap[] = [
  {
    what: 'is missing',
    cause: async ({ database }) => void (await database.query('alter table audit_logs rename to audit_logs_elsewhere')),
    cure: async ({ database }) => void (await database.query('alter table audit_logs_elsewhere rename to audit_logs')),
  },
  {
    what: 'lacks a column',
    cause: async ({ database }) => void (await database.query('alter table audit_logs rename column actor to actress')),
    cure: async ({ database }) => void (await database.query('alter table audit_logs rename column actress to actor')),
  },
  {
    what: 'may not be written',
    cause: async (stage) => void (await stage.database.query(`revoke insert, delete on audit_logs from ${grantee(stage)}`)),
    cure: async (stage) => void (await stage.database.query(`grant insert, delete on audit_logs to ${grantee(stage)}`)),
  },
];

describe('An audit table', () => {
  let stage: ServerStage;
  let server: RunningServer;
  before(async () => {
    stage = await serverStage();
    server = await startServer({ env: stage.env, cwd: stage.cwd });
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const api = () => apiClient(server.url);
  const auditState = async () => {
    const { status, body } = await api().request('GET', '/readyz');
    expect(status, 'ready without it').to.equal(200);
    return body.dependencies.find(({ name }) => name === 'audit')?.state;
  };
  const lost = async () => {
    const { text } = await api().request('GET', '/metrics');
    return Number(/^move_acces_audit_lost_total (\d+)$/m.exec(text)?.[1]);
  };
  const lostLines = () =>
    server
      .output()
      .split('\n')
      .filter((line) => line.includes('"audit row lost"'))
      .map((line) => JSON.parse(line) as { readonly row: { readonly event: string; readonly outcome: string } });

  for (const { what, cause, cure } of mishaps) {
    it(`that ${what} prevents no sign-in and no sign-out, and every change of an account`, async () => {
      const phone = await registerSomeone(server.url);
      const countBefore = await lost();
      const linesBefore = lostLines().length;
      await cause(stage);
      try {
        const login = await logIn(server.url, phone.email);
        expect(login.status).to.equal(200);
        expect((await logIn(server.url, phone.email, 'wrong horse')).status).to.equal(401);
        const refreshed = await refresh(server.url, login.body.refresh_token);
        expect(refreshed.status).to.equal(200);
        expect((await refresh(server.url, 'nonsense')).status).to.equal(401);
        const out = await api().request('POST', '/auth/logout', { body: { refresh_token: refreshed.body.refresh_token } });
        expect(out.status).to.equal(204);
        const changes = [
          api().request('POST', '/auth/register', { body: { email: `new-${countBefore}@example.org`, password: phonePassword } }),
          api().request('PATCH', '/users/me', { token: phone.access_token, body: { phone: '0612345678' } }),
          api().request('POST', '/auth/password', {
            token: phone.access_token,
            body: { current_password: phonePassword, new_password: 'another horse' },
          }),
        ];
        for (const { status, body, headers } of await Promise.all(changes)) {
          expect([status, body.code, Number(headers.get('retry-after')) > 0]).to.deep.equal([503, 'dependency_unavailable', true]);
        }
        expect(await auditState()).to.equal('down');
      } finally {
        await cure(stage);
      }
      const lines = await eventually(
        async () => lostLines().slice(linesBefore),
        ({ length }) => length >= 5,
        20_000,
      );
      expect(lines.map(({ row }) => `${row.event} ${row.outcome}`)).to.deep.equal([
        'login success',
        'login failure',
        'refresh success',
        'refresh failure',
        'logout success',
      ]);
      expect((await lost()) - countBefore).to.equal(lines.length);
      expect((await logIn(server.url, phone.email)).status, 'the password is the old one').to.equal(200);
      await eventually(auditState, (state) => state === 'up', 20_000);
      const taken = await stage.database.query('select id from users where email = ?', [`new-${countBefore}@example.org`]);
      expect(taken).to.deep.equal([]);
    });
  }

  it('that is locked holds up no more than itself', async function () {
    this.timeout(60_000);
    const phones: Awaited<ReturnType<typeof registerSomeone>>[] = [];
    for (let count = 0; count < 16; count += 1) phones.push(await registerSomeone(server.url));
    const other = await createConnection(stage.database.rootUrl);
    try {
      await other.query('lock tables audit_logs write');
      const startedAt = Date.now();
      const answers = await Promise.all(phones.map(({ email }) => untilServed(() => logIn(server.url, email))));
      expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
      expect(Date.now() - startedAt).to.be.lessThan(12_000);
      for (let count = 0; count < 5; count += 1) {
        const begunAt = Date.now();
        expect((await untilServed(() => logIn(server.url, phones[0]?.email ?? ''))).status).to.equal(200);
        expect(Date.now() - begunAt).to.be.lessThan(8000);
      }
    } finally {
      await other.end();
    }
    expect((await logIn(server.url, phones[0]?.email ?? '')).status).to.equal(200);
    await eventually(auditState, (state) => state === 'up', 20_000);
  });
});

describe('Audit rows that no transaction binds', () => {
  it('are written many at once, each before its response', async function () {
    this.timeout(60_000);
    await using stage = await serverStage();
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const inserts = async () => {
      const [row] = (await stage.database.query(`show global status like 'Com_insert'`)) as { readonly Value: string }[];
      return Number(row?.Value);
    };
    const rows = async () => Number(((await stage.database.query('select count(*) as n from audit_logs')) as { n: number }[])[0]?.n);
    await refresh(server.url, 'nonsense');
    const [insertsBefore, rowsBefore] = [await inserts(), await rows()];
    const [waves, width] = [6, 100]; // more at once would wait longer than a response may take on a busy machine
    const count = waves * width;
    let unrecorded = 0;
    const present = async (wave: number, index: number) => {
      const { status, headers } = await refresh(server.url, `nonsense-${wave}-${index}`);
      expect(status).to.equal(401);
      if (index > 0) return;
      const found = await stage.database.query('select id from audit_logs where request_id = ?', [headers.get('x-request-id')]);
      if (found.length !== 1) unrecorded += 1;
    };
    for (let wave = 0; wave < waves; wave += 1) await Promise.all(Array.from({ length: width }, (_, index) => present(wave, index)));
    expect(unrecorded).to.equal(0);
    expect((await rows()) - rowsBefore).to.equal(count);
    const statements = (await inserts()) - insertsBefore;
    console.log(`      ${count} rows by ${statements} statements`);
    expect(statements).to.be.lessThan(count / 2);
  });
});
