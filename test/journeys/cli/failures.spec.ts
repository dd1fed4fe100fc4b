import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { itInTime } from '../../support/it-in-time.js';
import { startDatabaseServer } from '../../support/servers/database-server.js';
import { freePort } from '../../support/servers/free-port.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { checkedLines } from './support/command-output.js';
import { ownStage } from './support/own-stage.js';

/** What a command needs a database for. */
const commands = [
  ['users', 'list'],
  ['users', 'disable', '1', '--yes'],
  ['sessions', 'list', '--user', '1'],
  ['tokens', 'revoke', '--all', '--yes'],
  ['audit', 'list'],
  ['seed'],
  ['db', 'migrate'],
  ['db', 'status'],
] as const;

describe('A command that cannot be carried out', function () {
  this.timeout(120_000);
  const own = ownStage();

  const expectSentence = async (args: readonly string[], env: Readonly<Record<string, string>>, sentence: RegExp) => {
    const startedAt = performance.now();
    const { exitCode, stdout, stderr } = await own.cli.run(args, { env });
    expect(performance.now() - startedAt, args.join(' ')).to.be.below(10_000);
    expect({ exitCode, stdout }, `${args.join(' ')}: ${stderr}`).to.deep.equal({ exitCode: 1, stdout: '' });
    expect(stderr).to.match(sentence);
    expect(stderr.trimEnd().split('\n'), stderr).to.have.lengthOf(1);
    expect(stderr).not.to.match(/ at .*\.[jt]s:|node:/);
  };

  itInTime('reports within 10 s that there is no database', async () => {
    const env = { DB_URL: `mysql://someone:hunter2@127.0.0.1:${await freePort()}/nowhere` };
    for (const args of commands) await expectSentence(args, env, /^The database cannot be reached: .*ECONNREFUSED.*\.\n$/);
  });

  itInTime('reports within 10 s that the database does not respond', async () => {
    await using frozen = await startDatabaseServer();
    const database = await frozen.createDatabase();
    frozen.freeze();
    try {
      const expectTimeout = (args: readonly string[]) =>
        expectSentence(args, { DB_URL: database.url }, /^The database cannot be reached: .*in time\.\n$/);
      await Promise.all(commands.slice(0, 3).map(expectTimeout));
    } finally {
      frozen.thaw();
    }
  });

  it('reports the rejected user and the address, and that there is no such database', async () => {
    const url = new URL(own.stage.database.url);
    url.password = 'hunter2';
    await expectSentence(
      ['users', 'list'],
      { DB_URL: url.href },
      /^The database refuses the account in DB_URL: Access denied for user .*\.\n$/,
    );
    const rootUrl = (await sharedDatabaseServer()).rootUrl;
    await expectSentence(['users', 'list'], { DB_URL: `${rootUrl}/nowhere` }, /^The server has no such database: .*nowhere.*\.\n$/);
  });

  it('reports a missing right of the database user, and changes nothing', async () => {
    const { name, url } = own.stage.database;
    await own.stage.database.query(`create user 'reader${name}'@'127.0.0.1' identified by 'secret'`);
    await own.stage.database.query(`grant select on ${name}.* to 'reader${name}'@'127.0.0.1'`);
    const env = { DB_URL: `mysql://reader${name}:secret@${new URL(url).host}/${name}` };
    const lack = /^The account in DB_URL lacks a right: .* command denied to user .*\.\n$/;
    await expectSentence(['users', 'disable', '1', '--yes'], env, lack);
    await expectSentence(['tokens', 'revoke', '--user', '1'], env, lack);
    await expectSentence(['seed', '--force'], env, lack);
    expect((await own.cli.run(['users', 'list'], { env })).exitCode).to.equal(0);
    expect(await own.cli.json('users-show', ['users', 'show', '1'])).to.have.nested.property('[0].enabled', true);
    await own.stage.database.query(`drop user 'reader${name}'@'127.0.0.1'`);
  });

  it('names the command that creates the missing tables', async () => {
    await using bare = await (await sharedDatabaseServer()).createDatabase();
    await bare.loadExistingSchema({ rows: true });
    await expectSentence(['users', 'list'], { DB_URL: bare.url }, /^The database lacks \d+ migrations: run "move-acces db migrate" first/);
  });

  it('names the variable that is wrong, and no secret', async () => {
    await expectSentence(
      ['users', 'list'],
      { APP_SECRET: 'hunter2' },
      /^APP_SECRET: wants at least 32 bytes that are random, as 64 hex digits .*\n$/,
    );
    await expectSentence(['config', 'show'], { PORT: 'http\u001b[2J' }, /^PORT: wants .*\n$/);
  });

  it('is reported in JSON with --json', async () => {
    const { exitCode, stdout, stderr } = await own.cli.run(['users', 'show', '999999', '--json']);
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 1, stdout: '' });
    expect(checkedLines(stderr, 'error')).to.deep.equal([
      { error: { code: 'not_found', message: 'There is no such thing: no account has this id.' } },
    ]);
    const wrong = await own.cli.run(['users', 'list', '--limit', '0', '--json']);
    expect(wrong.exitCode).to.equal(2);
    expect(checkedLines(wrong.stderr, 'error')).to.have.nested.property('[0].error.code', 'usage');
    const wrongConfig = await own.cli.run(['config', 'show', '--json'], { env: { PORT: 'x', DOCS: 'y' } });
    expect(wrongConfig.exitCode).to.equal(1);
    expect(checkedLines(wrongConfig.stderr, 'error')).to.have.nested.property('[0].error.code', 'configuration');
  });

  it('is distinguished from a misspelt command, for which it suggests the correct one', async () => {
    expect(await own.cli.run(['user', 'list'])).to.deep.equal({
      exitCode: 2,
      stdout: '',
      stderr: "error: unknown command 'user' (Did you mean users?)\n",
    });
    expect((await own.cli.run([])).exitCode).to.equal(2);
    expect((await own.cli.run(['--help'])).exitCode).to.equal(0);
    expect((await own.cli.run(['--version'])).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  it('without Redis works all the same, and reports when others follow', async () => {
    const env = { REDIS_URL: `redis://127.0.0.1:${await freePort()}` };
    const startedAt = performance.now();
    const listed = await own.cli.run(['users', 'list'], { env });
    expect(listed).to.include({ exitCode: 0, stderr: '' });
    await own.stage.database.query(
      `insert into auth_sessions (id, user_id, refresh_counter, created_at, last_seen_at, idle_expires_at, expires_at)
       values ('019c8b6e-ad04-738a-93a8-69b5c64e5df0', '6', 0, 1, 1, 9e12, 9e12)`,
    );
    const revoked = await own.cli.run(['tokens', 'revoke', '--user', '6'], { env });
    expect(revoked).to.deep.equal({
      exitCode: 0,
      stdout:
        'Sessions ended: 1, of 1 user.\n' +
        'Redis cannot be reached: other processes follow from the database, and close the sockets, within a second.\n',
      stderr: '',
    });
    expect(performance.now() - startedAt).to.be.below(20_000);
  });

  it('reports that an embedded database cannot be created', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'move-acces-'));
    try {
      await writeFile(join(folder, 'file'), 'no folder');
      const env = { DB_URL: `sqlite:${join(folder, 'file/x.db')}`, REDIS_URL: '' };
      await expectSentence(['users', 'list'], env, /^.*(ENOTDIR|not a directory|EEXIST).*\n$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
