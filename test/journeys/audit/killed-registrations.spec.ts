import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { seededNumbers } from '../../support/seeded-numbers.js';
import { bySize } from '../../support/test-size.js';
import { phonePassword } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

const count = bySize({ short: 120, long: 300 });
const clients = 8;

describe('Registrations on a server that is killed again and again', () => {
  let stage: ServerStage;
  before(async () => {
    stage = await serverStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  const idsOf = async (sql: string) => ((await stage.database.query(sql)) as { readonly id: unknown }[]).map(({ id }) => String(id)).sort();

  it('leave as many rows of success in the audit log as accounts', async function () {
    this.timeout(300_000);
    const random = seededNumbers(bySize({ short: 1, long: Date.now() }));
    const before = await idsOf('select id from users');
    let server: Promise<RunningServer> = startServer({ env: stage.env, cwd: stage.cwd });
    let sent = 0;
    let kills = 0;
    const opened: string[] = [];
    const unanswered: number[] = [];

    const client = async () => {
      while (sent < count) {
        const { url } = await server;
        sent += 1;
        const number = sent;
        const id = await register(url, number).catch(() => null);
        if (id === null) unanswered.push(number);
        else opened.push(id);
      }
    };
    const reaper = async () => {
      while (sent < count) {
        const victim = await server;
        const mark = sent + 10 + random() * 15; // so that `count` is enough for more than two
        while (sent < mark && sent < count) await delay(5);
        await delay(random() * 60);
        const ended = victim.stop('SIGKILL');
        server = ended.then(() => startServer({ env: stage.env, cwd: stage.cwd }));
        kills += 1;
      }
    };
    await Promise.all([...Array.from({ length: clients }, client), reaper()]);
    await (await server)[Symbol.asyncDispose]();

    const accounts = (await idsOf('select id from users')).filter((id) => !before.includes(id));
    const recorded = await idsOf(`select user_id as id from audit_logs where event = 'register' and outcome = 'success'`);
    console.log(`      ${accounts.length} accounts, ${recorded.length} rows, ${kills} kills, ${unanswered.length} without an answer`);
    expect(recorded).to.deep.equal(accounts);
    expect(accounts).to.include.members(opened);
    expect(kills).to.be.greaterThan(2);
    expect(unanswered.length).to.be.greaterThan(0);
  });
});

/** The new account's id; rejects when the server went away. */
async function register(url: string, number: number): Promise<string> {
  const response = await fetch(`${url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `killed-${number}@example.org`, password: phonePassword }),
  });
  const { user } = (await response.json()) as { readonly user: { readonly id: string } };
  return user.id;
}
