import { expect } from 'chai';
import { startServer } from '../../support/running-server.js';
import { embeddedStage } from '../support/embedded-stage.js';
import { logIn, me } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';
import { cliOf } from './support/command-output.js';

interface Seeded {
  readonly made: number;
  readonly kept: number;
  readonly accounts: readonly { readonly email: string; readonly subscription: string; readonly password: string | null }[];
  readonly crowd: { readonly first: string; readonly last: string; readonly password: string | null } | null;
}

describe('Seeding', function () {
  this.timeout(120_000);

  it('refuses a database that holds people, but for --force', async () => {
    await using stage = await serverStage();
    const cli = cliOf(stage);
    const sentence = 'That is not allowed: the database holds accounts that are not made up.\n';
    expect(await cli.run(['seed'])).to.deep.equal({ exitCode: 1, stdout: '', stderr: sentence });
    expect(await cli.run(['seed', '--users', '3'])).to.deep.equal({ exitCode: 1, stdout: '', stderr: sentence });
    expect((await cli.json<Seeded>('seed', ['seed', '--force']))[0]).to.include({ made: 7, kept: 0 });
    expect(
      await stage.database.query("select count(*) as n from audit_logs where event = 'seed' and actor = 'admin:tester'"),
    ).to.deep.equal([{ n: 7 }]);
  });

  it('makes accounts with subscriptions in every state, and shows their passwords, once', async () => {
    await using stage = await serverStage();
    await stage.database.query('delete from abonnement');
    await stage.database.query('delete from acces_app');
    await stage.database.query('delete from users');
    const cli = cliOf(stage);
    const [seeded] = await cli.json<Seeded>('seed', ['seed']);
    const accounts = seeded?.accounts ?? [];
    expect(new Set(accounts.map(({ password }) => password)).size).to.equal(7);
    expect(await cli.json('seed', ['seed'])).to.deep.equal([{ made: 0, kept: 7, accounts: [], crowd: null }]);
    expect(await cli.done(['seed'])).to.equal('The demo accounts are there already.\n');
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const states: Record<string, unknown> = {};
    for (const { email, subscription, password } of accounts) {
      const { status, body } = await logIn(server.url, email, password ?? '');
      expect(status, email).to.equal(200);
      states[subscription] = (await me(server.url, body.access_token)).body.subscription?.status ?? null;
    }
    expect(states).to.deep.equal({
      active: 'active',
      cancelled: 'cancelled',
      upcoming: 'upcoming',
      expired: 'expired',
      unpaid: 'expired',
      endless: 'active',
      none: null,
    });
  });

  it('makes each account once when several seed at once', async () => {
    await using stage = await serverStage();
    const cli = cliOf(stage);
    const crowd = await Promise.all([1, 2, 3].map(() => cli.json<Seeded>('seed', ['seed', '--users', '1200', '--force'])));
    expect(crowd.flat().reduce((sum, { made }) => sum + made, 0)).to.equal(1200);
    expect(crowd.flat().map(({ made, kept }) => made + kept)).to.deep.equal([1200, 1200, 1200]);
    const demo = await Promise.all([1, 2, 3].map(() => cli.json<Seeded>('seed', ['seed', '--force'])));
    expect(demo.flat().reduce((sum, { made }) => sum + made, 0)).to.equal(7);
    const counts =
      'select (select count(*) from users) as u, (select count(*) from acces_app) as c, (select count(*) from auth_email_claims) as e';
    expect(await stage.database.query(counts)).to.deep.equal([{ u: 10 + 1207, c: 10 + 1207, e: 1207 }]);
    const settled = 'select count(*) as n from auth_email_claims as c join users as u on u.id = c.user_id and u.email = c.email';
    expect(await stage.database.query(settled), 'claims that name whose they are').to.deep.equal([{ n: 1207 }]);
    expect((await cli.json<Seeded>('seed', ['seed', '--users', '1300', '--force']))[0]).to.include({ made: 100, kept: 1200 });
  });

  it('takes the password from standard input, and does not show it', async () => {
    await using stage = await embeddedStage();
    const cli = cliOf(stage);
    const password = 'pâssword of nobody';
    const [seeded] = await cli.json<Seeded>('seed', ['seed', '--password-stdin'], { input: `${password}\n` });
    expect(seeded?.accounts.map((account) => account.password)).to.deep.equal(Array(7).fill(null));
    const text = await cli.done(['seed', '--users', '20', '--password-stdin'], { input: password });
    expect(text).to.equal('Made 20 of the accounts demo-000001@demo.example.org to demo-000020@demo.example.org.\n');
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    for (const email of ['demo@example.org', 'demo-000020@demo.example.org']) {
      expect((await logIn(server.url, email, password)).status).to.equal(200);
    }
    for (const input of ['', 'short', `${'x'.repeat(600)}`]) {
      const refused = await cli.run(['seed', '--password-stdin'], { input });
      expect(refused.exitCode).to.equal(1);
      expect(refused.stderr).to.match(/^The input is not valid: password wants to be at (least|most) .*\n$/);
    }
  });
});
