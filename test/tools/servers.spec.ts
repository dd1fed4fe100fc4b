import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { type DatabaseServer, startDatabaseServer } from '../support/servers/database-server.js';
import { startRedisServer } from '../support/servers/redis-server.js';
import { sharedDatabaseServer } from '../support/servers/shared-database.js';
import { sharedRedisServer } from '../support/servers/shared-redis.js';

describe('the database server of the tests', function () {
  this.timeout(60_000);
  let server: DatabaseServer;
  before(async () => {
    server = await sharedDatabaseServer();
  });

  it('responds, is of the reported kind, and its pid is the server’s own', async () => {
    await using database = await server.createDatabase();
    const [row] = (await database.query('select version() as version, @@pid_file as pidFile')) as [{ version: string; pidFile: string }];
    expect(/mariadb/i.test(row.version) ? 'mariadb' : 'mysql').to.equal(server.kind);
    const { readFileSync } = await import('node:fs');
    expect(Number(readFileSync(row.pidFile, 'utf8'))).to.equal(server.pid);
  });

  it('gives each test a database of its own and an account with every right there and none elsewhere', async () => {
    await using mine = await server.createDatabase();
    await using other = await server.createDatabase();
    await other.query('create table secrets (id int)');
    const connection = await createConnection(mine.url);
    await connection.query('create table things (id int)');
    await connection.query('drop table things');
    const refusal = await connection.query(`select * from ${other.name}.secrets`).catch((error: unknown) => error);
    connection.destroy();
    expect(refusal).to.have.property('code', 'ER_TABLEACCESS_DENIED_ERROR');
  });

  it('drops a database and its account when the test is over', async () => {
    const database = await server.createDatabase();
    await database[Symbol.asyncDispose]();
    const refusal = await createConnection(database.url).catch((error: unknown) => error);
    expect(refusal).to.have.property('code', 'ER_ACCESS_DENIED_ERROR');
  });

  it('loads the existing tables with their rows, or without', async () => {
    await using full = await server.createDatabase();
    await using empty = await server.createDatabase();
    await full.loadExistingSchema();
    await empty.loadExistingSchema({ rows: false });
    expect(await full.query('select prenom, nom from users where id = ?', [2])).to.deep.equal([{ prenom: 'Benoît', nom: 'Durand' }]);
    expect(await empty.query('select * from abonnement')).to.deep.equal([]);
  });

  it('refuses connections once killed, and has its data again once restarted', async () => {
    await using own = await startDatabaseServer();
    const database = await own.createDatabase();
    await database.query('create table kept (id int)');
    await database.query('insert into kept values (42)');
    await own.kill();
    const refusal = await database.query('select 1').catch((error: unknown) => error);
    expect(refusal).to.have.property('code', 'ECONNREFUSED');
    expect(() => own.pid).to.throw('is down');
    await own.start();
    expect(await database.query('select id from kept')).to.deep.equal([{ id: 42 }]);
    await own.stop();
    expect(own.state).to.equal('stopped');
    await own.start();
    expect(await database.query('select id from kept')).to.deep.equal([{ id: 42 }]);
  });

  it('does not respond while frozen, and completes the waiting query once thawed', async () => {
    await using own = await startDatabaseServer();
    const connection = await createConnection(own.rootUrl);
    own.freeze();
    const answer = connection.query('select 1 as one').then(([rows]) => rows);
    expect(await Promise.race([answer, delay(300, 'silence')])).to.equal('silence');
    own.thaw();
    expect(await answer).to.deep.equal([{ one: 1 }]);
    connection.destroy();
  });

  it('accepts more options, and gives the reason when it cannot start', async () => {
    await using strict = await startDatabaseServer({ extraArgs: ['--sql-mode=NO_BACKSLASH_ESCAPES'] });
    await using database = await strict.createDatabase();
    expect(await database.query('select @@global.sql_mode as mode')).to.deep.equal([{ mode: 'NO_BACKSLASH_ESCAPES' }]);
    const failure = await startDatabaseServer({ extraArgs: ['--no-such-option'] }).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('no-such-option');
  });
});

describe('the Redis of the tests', function () {
  this.timeout(30_000);

  it('responds, and deletes everything on request', async () => {
    const server = await sharedRedisServer();
    const redis = new Redis(server.url);
    await redis.set('key', 'value');
    await server.flushAll();
    expect(await redis.get('key')).to.equal(null);
    redis.disconnect();
  });

  it('refuses connections once killed, and comes back empty on the same port', async () => {
    await using own = await startRedisServer();
    const redis = new Redis(own.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    redis.on('error', () => {});
    await redis.set('key', 'value');
    const before = own.pid;
    await own.kill();
    expect(await own.flushAll().catch((error: unknown) => error)).to.be.an('error');
    await own.start();
    expect(own.pid).not.to.equal(before);
    expect(await redis.get('key')).to.equal(null);
    redis.disconnect();
  });

  it('does not respond while frozen, and completes the waiting command once thawed', async () => {
    await using own = await startRedisServer();
    const redis = new Redis(own.url);
    await redis.ping();
    own.freeze();
    const answer = redis.ping();
    expect(await Promise.race([answer, delay(300, 'silence')])).to.equal('silence');
    own.thaw();
    expect(await answer).to.equal('PONG');
    redis.disconnect();
  });
});

describe('a test process that dies', function () {
  this.timeout(60_000);

  it('leaves no server and no folder behind, though it was killed and the server frozen', async () => {
    const module = join(import.meta.dirname, '../support/servers/redis-server.js');
    const script = `
      const { startRedisServer } = await import(${JSON.stringify(module)});
      const server = await startRedisServer();
      server.freeze();
      const { readlinkSync } = await import('node:fs');
      console.log(JSON.stringify({ pid: server.pid, folder: readlinkSync('/proc/' + server.pid + '/cwd') }));
      setInterval(() => {}, 1000);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { pid, folder } = JSON.parse(line.toString()) as { pid: number; folder: string };
    expect([isAlive(pid), existsSync(folder)]).to.deep.equal([true, true]);
    child.kill('SIGKILL');
    for (let wait = 0; wait < 400 && (isAlive(pid) || existsSync(folder)); wait++) await delay(50);
    expect([isAlive(pid), existsSync(folder)]).to.deep.equal([false, false]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
