import { once } from 'node:events';
import { expect } from 'chai';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { openSocket } from '../support/open-socket.js';
import { eventually, logIn, me } from '../support/phone.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';
import { type Cli, cliOf } from './support/command-output.js';

interface UserLine {
  readonly id: string;
  readonly email: string;
  readonly enabled: boolean;
}

const password = 'correct horse battery';

for (const { name, open } of stages) {
  describe(`The command line, ${name}`, function () {
    this.timeout(180_000);
    let stage: Stage;
    let server: RunningServer;
    let cli: Cli;
    before(async () => {
      stage = await open();
      cli = cliOf(stage);
      await cli.done(['seed', '--password-stdin', '--force'], { input: `${password}\n`, notes: /^Demo accounts made: 7\.\n$/ });
      server = await startServer({ env: stage.env, cwd: stage.cwd, args: ['serve', 'all'] });
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });
    const idOf = async (email: string) => (await cli.json<UserLine>('users-show', ['users', 'show', email]))[0]?.id ?? '';

    describe('users', () => {
      it('list: finds people, page by page, as JSON', async () => {
        const all = await cli.json<UserLine>('users-list', ['users', 'list', '--search', 'example.org', '--limit', '1000']);
        expect(all.map(({ email }) => email)).to.include.members(['demo@example.org', 'yanis@example.org']);
        const [first, second] = all;
        const page = await cli.json<UserLine>('users-list', ['users', 'list', '--limit', '1', '--cursor', first?.id ?? '']);
        expect(page).to.deep.equal([second]);
        expect(await cli.json('users-list', ['users', 'list', '--search', 'nobody is called that'])).to.deep.equal([]);
      });

      it('list: shows users in columns, with local times, and how to get the next page', async () => {
        const text = await cli.done(['users', 'list', '--search', 'é', '--limit', '1'], { notes: /^There are more: --cursor \d+\n$/ });
        const [heading = '', row = '', ...rest] = text.split('\n');
        expect(rest).to.deep.equal(['']);
        expect(heading).to.match(/^ *ID {2}ADDRESS +NAME +PHONE +CREATED +STATE$/);
        expect(row).to.match(/^ *\d+ {2}\S+@\S+ +.* \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+05:30 {2}enabled$/);
        expect(row.indexOf('enabled')).to.equal(heading.indexOf('STATE'));
      });

      it('show: shows one, by id or address, with the subscription and how many sessions are live', async () => {
        await logIn(server.url, 'camille@example.org', password);
        const [byAddress] = await cli.json<UserLine>('users-show', ['users', 'show', ' CAMILLE@example.org']);
        const [byId] = await cli.json<UserLine>('users-show', ['users', 'show', byAddress?.id ?? '']);
        expect(byId).to.deep.equal(byAddress);
        expect(byId).to.deep.include({ email: 'camille@example.org', enabled: true, sessions: 1 });
        expect(byId).to.have.nested.property('subscription.status', 'cancelled');
        const text = await cli.done(['users', 'show', 'camille@example.org']);
        expect(text).to.match(/^Address {8}camille@example\.org$/m);
        expect(text).to.match(/^Subscription {3}mensuel, cancelled$/m);
        expect(text).to.match(/^Live sessions {2}1$/m);
      });

      it('show: reports that no account has this name', async () => {
        const failed = await cli.run(['users', 'show', 'nobody@example.org']);
        expect(failed).to.deep.equal({
          exitCode: 1,
          stdout: '',
          stderr: 'There is no such thing: no account has this address.\n',
        });
      });

      it('disable, enable: closes an account and opens it again, and records the operator', async () => {
        const id = await idOf('sacha@example.org');
        const { body } = await logIn(server.url, 'sacha@example.org', password);
        expect(await cli.json('users-switch', ['users', 'disable', id, '--yes'])).to.deep.include.members([
          { ...(await cli.json<UserLine>('users-list', ['users', 'list', '--search', 'sacha@']))[0], changed: true, sessions_ended: 1 },
        ]);
        expect((await logIn(server.url, 'sacha@example.org', password)).body.code).to.equal('account_disabled');
        expect((await me(server.url, body.access_token)).status).to.be.oneOf([401, 403]);
        expect(await cli.done(['users', 'disable', 'sacha@example.org', '--yes'])).to.equal(
          `Account ${id} was already disabled. Sessions ended: 0.\n`,
        );
        expect(await cli.done(['users', 'enable', 'sacha@example.org'])).to.equal(`Account ${id} is enabled.\n`);
        expect(await cli.done(['users', 'enable', id])).to.equal(`Account ${id} was already enabled.\n`);
        expect((await logIn(server.url, 'sacha@example.org', password)).status).to.equal(200);
        const rows = await cli.json<Record<string, unknown>>('audit-list', ['audit', 'list', '--user', id, '--event', 'user_disable']);
        expect(rows.map(({ actor, outcome, details }) => ({ actor, outcome, details }))).to.deep.equal([
          { actor: 'admin:tester', outcome: 'success', details: { changed: true, sessions_ended: 1 } },
          { actor: 'admin:tester', outcome: 'success', details: { changed: false, sessions_ended: 0 } },
        ]);
      });
    });

    describe('sessions list', () => {
      it('lists the live sessions of a user', async () => {
        const { body } = await logIn(server.url, 'louise@example.org', password);
        const id = await idOf('louise@example.org');
        const [session, ...others] = await cli.json<{ id: string }>('sessions-list', ['sessions', 'list', '--user', id]);
        expect(others).to.deep.equal([]);
        expect(session).to.deep.include({ id: body.session_id, user_id: id, device_name: null, ip: '127.0.0.1' });
        const text = await cli.done(['sessions', 'list', '--email', 'LOUISE@example.org']);
        expect(text).to.match(/^SESSION +DEVICE +ADDRESS +SIGNED IN +LAST SEEN +EXPIRES +SOFTWARE\n/);
        expect(text).to.include(body.session_id);
        expect(await cli.done(['sessions', 'list', '--email', 'yanis@example.org'])).to.equal('No session is live.\n');
      });
    });

    describe('tokens revoke', () => {
      const code = async (token: string) => (await me(server.url, token)).body.code;
      /** The processes follow within a second, and a busy machine within a few. */
      const untilRevoked = (token: string) =>
        eventually(
          () => code(token),
          (answer) => answer === 'session_revoked',
          5000,
        );

      it('ends one session, those of a user, or all, and nothing else', async () => {
        const sign = async (email: string) => (await logIn(server.url, email, password)).body;
        const [one, other] = [await sign('demo@example.org'), await sign('demo@example.org')];
        const [stranger, bystander] = [await sign('noe@example.org'), await sign('maelle@example.org')];
        const revoke = (...args: string[]) => cli.json<Record<string, unknown>>('tokens-revoke', ['tokens', 'revoke', ...args]);
        const socket = await openSocket(server.url, other.access_token);
        const [single] = await revoke('--session', one.session_id.toUpperCase(), '--reason', 'lost phone');
        expect(single).to.deep.include({ sessions_ended: 1, users_affected: 1, complete: true, followed_within_seconds: 1 });
        expect(single?.redis).to.equal(stage.database === null ? 'none' : 'up');
        await untilRevoked(one.access_token);
        expect(await code(other.access_token)).to.equal(undefined);
        const closed = once(socket, 'close');
        const isShared = stage.database !== null;
        expect((await revoke('--email', 'demo@example.org'))[0]).to.include({
          sessions_ended: 1,
          users_affected: 1,
          sockets_closed: isShared ? 1 : null,
        });
        expect((await closed)[0]).to.equal(4501);
        expect((await revoke('--user', await idOf('noe@example.org')))[0]).to.include({ sessions_ended: 1, users_affected: 1 });
        expect((await revoke('--session', one.session_id))[0]).to.include({ sessions_ended: 0, users_affected: 0 });
        await untilRevoked(stranger.access_token);
        expect(await code(bystander.access_token)).to.equal(undefined);
        const [everybody] = await revoke('--all', '--yes');
        expect(everybody?.sessions_ended).to.be.at.least(1);
        await untilRevoked(bystander.access_token);
      });

      it('reports its effect in words, and when other processes follow', async () => {
        await logIn(server.url, 'demo@example.org', password);
        const text = await cli.done(['tokens', 'revoke', '--email', 'demo@example.org']);
        const news = stage.database === null ? 'Without Redis other processes follow' : 'Redis has told every process';
        const sockets = stage.database === null ? '' : ' Sockets closed: 0\\.';
        expect(text).to.match(new RegExp(`^Sessions ended: 1, of 1 user\\.${sockets}\n${news}.*\n$`));
        expect(await cli.done(['tokens', 'revoke', '--email', 'demo@example.org'])).to.equal('No session was live.\n');
      });

      it('is audited session by session, with the operator and his reason', async () => {
        const { body } = await logIn(server.url, 'maelle@example.org', password);
        await cli.done(['tokens', 'revoke', '--session', body.session_id, '--reason', 'lost "phone"']);
        const rows = await cli.json<Record<string, unknown>>('audit-list', ['audit', 'list', '--event', 'token_revoke', '--limit', '1']);
        expect(rows[0]).to.deep.include({
          actor: 'admin:tester',
          session_id: body.session_id,
          details: { scope: 'session', reason: 'lost "phone"' },
        });
      });

      it('knows no session and no account that is not there', async () => {
        const unknown = '019c8b6e-ad04-738a-93a8-69b5c64e5df0';
        expect(await cli.run(['tokens', 'revoke', '--session', unknown])).to.include({
          exitCode: 1,
          stderr: 'There is no such thing: no session has this id.\n',
        });
        expect(await cli.run(['tokens', 'revoke', '--user', '999999'])).to.include({ exitCode: 1 });
      });

      it('wants to know whose, once, and a yes for all', async () => {
        const wrong = [[], ['--user', '1', '--all', '--yes'], ['--user', '1', '--email', 'a@b.example'], ['--all'], ['--session']];
        const results = await Promise.all(wrong.map((args) => cli.run(['tokens', 'revoke', ...args])));
        for (const [index, { exitCode, stdout, stderr }] of results.entries()) {
          expect({ exitCode, stdout }, wrong[index]?.join(' ')).to.deep.equal({ exitCode: 2, stdout: '' });
          expect(stderr).to.match(/^error: .*\n$/);
        }
      });
    });

    describe('audit list', () => {
      it('shows the newest rows that pass, oldest first, in lines', async () => {
        const text = await cli.done(['audit', 'list', '--event', 'seed', '--limit', '2']);
        const line = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+05:30 {2}seed {14}success {2}by admin:tester {2}user \d+ {2}subscription=(\w+)$/;
        expect(
          text
            .trimEnd()
            .split('\n')
            .map((row) => line.exec(row)?.[1]),
        ).to.deep.equal(['endless', 'none']);
        const later = await cli.json('audit-list', ['audit', 'list', '--since', '2099-01-01T00:00Z']);
        expect(later).to.deep.equal([]);
        expect(await cli.json('audit-list', ['audit', 'list', '--since', '1h', '--event', 'seed'])).to.have.lengthOf(7);
      });
    });

    describe('db, config, secret, hash', () => {
      it('report the migrations', async () => {
        expect(await cli.json('db-migrate', ['db', 'migrate'])).to.deep.equal([{ executed: [] }]);
        const [state] = await cli.json<{ executed: string[]; pending: string[] }>('db-status', ['db', 'status']);
        expect(state?.pending).to.deep.equal([]);
        expect(state?.executed).to.have.length.above(4);
        expect(await cli.done(['db', 'migrate'])).to.equal('Nothing to do.\n');
        expect(await cli.done(['db', 'status'])).to.match(/^STATE {2}MIGRATION\ndone {3}\S+\n/);
      });

      it('show the configuration, secrets masked', async () => {
        const [shown] = await cli.json<Record<string, { value: string | null; origin: string }>>('config-show', ['config', 'show']);
        expect(shown?.API_RATE_LIMIT).to.deep.equal({ value: '100000/60', origin: 'environment' });
        expect(shown?.SESSION_MAX_DAYS).to.deep.equal({ value: '90', origin: 'default' });
        const text = await cli.done(['config', 'show']);
        expect(text).to.match(/^VARIABLE +FROM +VALUE\n/);
        for (const secret of [stage.env.APP_SECRET, stage.env.DB_URL && new URL(stage.env.DB_URL).password]) {
          if (secret) expect(text + JSON.stringify(shown)).not.to.include(secret);
        }
      });

      it('make a secret that a server takes', async () => {
        const [made] = await cli.json<{ secret: string }>('secret-generate', ['secret', 'generate']);
        const text = await cli.done(['secret', 'generate']);
        expect(text).to.match(/^[0-9a-f]{64}\n$/);
        expect(text.trim()).not.to.equal(made?.secret);
        const { exitCode } = await cli.run(['config', 'show'], { env: { APP_SECRET: text.trim() } });
        expect(exitCode).to.equal(0);
      });

      it('measure hashes and recommend parameters that a server accepts', async () => {
        interface Calibration {
          within_target: boolean;
          recommended: { memory_kib: number; time_cost: number };
        }
        const args = ['hash', 'calibrate', '--target-ms', '30', '--memory-kib', '12288'];
        const [calibration] = await cli.json<Calibration>('hash-calibrate', args);
        expect(calibration?.recommended.memory_kib).to.equal(12_288);
        expect(calibration?.recommended.time_cost).to.be.at.least(3);
        const text = await cli.done(['hash', 'calibrate', '--target-ms', '1', '--memory-kib', '7168']);
        expect(text).to.include('ARGON2_MEMORY_KIB=7168\nARGON2_TIME_COST=5\nARGON2_PARALLELISM=1\n');
        expect(text).to.include('more than the 1 ms wished for');
        const env = Object.fromEntries([...text.matchAll(/^(ARGON2_\w+)=(\d+)$/gm)].map(([, key = '', value = '']) => [key, value]));
        expect((await cli.run(['config', 'show'], { env })).exitCode).to.equal(0);
      });
    });
  });
}
